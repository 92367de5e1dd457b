import {expect} from 'vitest';
import {type ArgoSide, openArgoSide} from './argo.ts';
import type {ArgoCluster} from './argo-clusters.ts';
import {recordedRequests} from './argo-recordings.ts';
import type {RawRollout} from './argo-standing.ts';
import {comparableRequest} from './comparable-request.ts';

/** What somebody does with Argo's plugin. `recorded`: the step of the recording that did the same. */
export interface Deed {
	readonly plugin: readonly string[];
	readonly recorded?: string;
}

/** A recording that is played again. */
export interface ArgoPlay {
	readonly side: ArgoSide;
	readonly ship: ArgoSide['ship'];
	readonly until: ArgoSide['until'];
	/** The same, with all pods let be ready until then. */
	readonly releaseUntil: (what: string, holds: (rollout: RawRollout) => boolean) => Promise<RawRollout>;
	/** Does it, and insists that what is sent is what was recorded. */
	readonly act: (deed: Deed) => Promise<void>;
}

export async function openArgoPlay(cluster: ArgoCluster, recording: string): Promise<ArgoPlay> {
	const side = await openArgoSide(cluster, recording);
	const {name} = side.namespace;
	return {
		side,
		ship: side.ship,
		until: side.until,
		releaseUntil: (what, holds) => side.until(what, holds, side.release),
		async act({plugin, recorded}) {
			const {code, stderr} = await side.plugin(...plugin);
			expect({code, stderr}).toEqual({code: 0, stderr: ''});
			const sent = side.sent().map(request => comparableRequest(request, name));
			if (recorded === undefined) return;
			const requests = recordedRequests(recording, recorded, name).map(({path, body, ...rest}) => ({...rest, url: path, body: JSON.stringify(body)}));
			expect(sent.map(essential)).toEqual(requests.map(request => essential(comparableRequest(request, name))));
		},
	};
}

/** Without the moment that it was sent at; of a whole object what it asks for, for its versions and its status are of that moment too. */
function essential({method, body, ...request}: ReturnType<typeof comparableRequest>) {
	const asked = method === 'PUT' ? body.spec : body;
	return {...request, method, body: JSON.parse(JSON.stringify(asked).replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"'))};
}
