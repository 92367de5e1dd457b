import {readFileSync} from 'node:fs';
import {createApiClient} from '../../../src/demo/api-client.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import type {Deployment} from '../../../src/demo/controllers/kinds.ts';
import {follow} from '../../../src/demo/follow.ts';
import type {ClusterInfo} from '../harness/cluster-access.ts';

/** What a watch tells of the one Deployment in a namespace. */
export interface RolloutTrace {
	/** One line per state that differs from the one before in more than its counts. */
	readonly steps: readonly string[];
	readonly deployment: () => Deployment | undefined;
	readonly stop: () => Promise<void>;
}

/** Follows a namespace of a control plane of ours. Counts are left out: which of two pods is seen first is chance. */
export function traceRollout({server, own}: ClusterInfo, namespace: string): RolloutTrace {
	const api = createApiClient({server, token: own?.token, ca: readFileSync(own?.certificateAuthority ?? '', 'utf8')});
	const life = new AbortController();
	const steps: string[] = [];
	let current: Deployment | undefined;
	const put = (raw: unknown) => {
		current = raw as Deployment;
		const step = stepOf(current);
		if (steps.at(-1) !== step) steps.push(step);
	};
	const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
	const following = follow({
		api,
		clock: systemClock,
		signal: life.signal,
		path,
		query: {},
		onList: objects => objects.forEach(put),
		onChange: (_type, object) => put(object),
	});
	return {
		steps,
		deployment: () => current,
		async stop() {
			life.abort();
			await following;
			await api.close();
		},
	};
}

/** Available is left out as well: whether it changes before or together with Progressing is decided by which pod is seen first. */
function stepOf({metadata, status = {}}: Deployment): string {
	const progressing = status.conditions?.find(({type}) => type === 'Progressing');
	const revision = metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '';
	return `gen=${metadata.generation} obs=${status.observedGeneration ?? 0} rev=${revision} ${progressing?.status}/${progressing?.reason}`;
}
