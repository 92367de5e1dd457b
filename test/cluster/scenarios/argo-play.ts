import {expect, onTestFinished} from 'vitest';
import type {Terminal} from '../../e2e/terminal.ts';
import {type ArgoSide, openArgoSide} from './argo.ts';
import type {ArgoCluster} from './argo-clusters.ts';
import {type Deed, rolloutName} from './argo-deeds.ts';
import {recordedRequests} from './argo-recordings.ts';
import type {RawRollout, Standing} from './argo-standing.ts';
import {type Comparable, comparableRequest, withoutPrecondition} from './comparable-request.ts';
import {end, watchingOf} from './watching.ts';

/** For a whole play: most of it is waiting for the controller and for pods of two Rollouts, on a machine that other tests use too. */
export const argoPatienceMs = 180_000;

/** A recording that is played again, twice: Argo's plugin drives one Rollout, and rollwatch's keys its twin. */
export interface ArgoPlay {
	readonly plugin: ArgoSide;
	readonly keys: ArgoSide;
	readonly screen: Terminal;
	/** Somebody ships another image on both sides. */
	readonly ship: ArgoSide['ship'];
	/** Waits until both stand so, and the screen says so; gives the one that the keys drive. */
	readonly until: (standing: Standing) => Promise<RawRollout>;
	/** The same, with all pods let be ready until then. */
	readonly releaseUntil: (standing: Standing) => Promise<RawRollout>;
	/** How the Rollout of the keys stands, by `rollwatch --once -o json`. */
	readonly told: () => Promise<Told>;
	/** The same by `kubectl argo rollouts get rollout`. */
	readonly pluginTells: () => Promise<Told>;
	/** Does it on both sides, and insists that the keys send what the plugin sends, and that this is what was recorded. */
	readonly act: (deed: Deed) => Promise<void>;
}

export async function openArgoPlay(cluster: ArgoCluster, recording: string): Promise<ArgoPlay> {
	const [plugin, keys] = await Promise.all([openArgoSide(cluster, recording), openArgoSide(cluster, recording)]);
	const watching = watchingOf(cluster, keys.namespace, keys.proxy.kubeconfig);
	const screen = watching.screen([`rollout/${rolloutName}`], {columns: 140, rows: 50});
	onTestFinished(() => end(screen));
	await screen.shows('COMPLETE');
	const onBoth = async <Result>(work: (side: ArgoSide) => Promise<Result>) => (await Promise.all([plugin, keys].map(work)))[1] as Result;
	const reached = async ({says}: Standing, bringAbout: () => Promise<RawRollout>) => {
		const rollout = await bringAbout();
		for (const words of says) await screen.shows(words);
		return rollout;
	};
	return {
		plugin,
		keys,
		screen,
		ship: async (version, isHeldBack) => onBoth(side => side.ship(version, isHeldBack)),
		until: standing => reached(standing, () => onBoth(side => side.until(standing))),
		releaseUntil: standing => reached(standing, () => onBoth(side => side.until(standing, side.release))),
		told: async () => toldBy((await watching.snapshot([`rollout/${rolloutName}`])) as unknown as SteppedSnapshot),
		pluginTells: async () => toldByPlugin((await keys.plugin('get', 'rollout', rolloutName, '--no-color')).stdout),
		async act(deed) {
			const [{code, stderr}] = await Promise.all([plugin.plugin(...deed.plugin), deed.keys(screen)]);
			expect({code, stderr}).toEqual({code: 0, stderr: ''});
			const theirs = sentBy(plugin);
			const ours: Comparable[] = [];
			// The question closes before everything is sent.
			await expect.poll(() => ours.push(...sentBy(keys).map(asPlugin)), {interval: 20}).toBe(theirs.length);
			expect(ours).toEqual(theirs);
			if (deed.recorded !== undefined) expect(theirs).toEqual(recordedBy(recording, deed.recorded));
		},
	};
}

function sentBy({sent, namespace}: ArgoSide): readonly Comparable[] {
	return sent().map(request => timeless(comparableRequest(request, namespace.name)));
}

function recordedBy(recording: string, did: string): readonly Comparable[] {
	const requests = recordedRequests(recording, did, recording).map(({path, body, ...rest}) => ({...rest, url: path, body: JSON.stringify(body)}));
	return requests.map(request => timeless(comparableRequest(request, recording)));
}

/** Without the moment that it was sent at; of a whole object what it asks for, for its versions and its status are of that moment too. */
function timeless({method, body, ...request}: Comparable): Comparable {
	const asked = method === 'PUT' ? body.spec : body;
	return {...request, method, body: JSON.parse(JSON.stringify(asked).replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"'))};
}

/** Ours insists on the object that was read, which the plugin does not: the rest must be the same. */
function asPlugin({method, body, ...request}: Comparable): Comparable {
	if (method === 'PUT') return {...request, method, body};
	const {body: rest, version} = withoutPrecondition(body);
	expect(version).toMatch(/^\d+$/);
	return {...request, method, body: rest};
}

/** How a canary stands: `Paused - CanaryPauseStep`, its step of how many, and the weights in percent. */
interface Told {
	readonly status: string;
	readonly step: string;
	readonly setWeight: string;
	readonly actualWeight: string;
}

interface SteppedSnapshot {
	readonly rollout: {readonly message: string};
	readonly steps: {readonly current: number; readonly of: number; readonly weights: {readonly set: number; readonly actual: number | null}};
}

function toldBy({rollout: {message}, steps: {current, of, weights}}: SteppedSnapshot): Told {
	// The plugin counts the steps that are done, from 0.
	return {status: message, step: `${current - 1}/${of}`, setWeight: String(weights.set), actualWeight: String(weights.actual)};
}

function toldByPlugin(text: string): Told {
	const of = (label: string) => new RegExp(`^ *${label}: +(?:[^\\w\\s] )?(.*?) *$`, 'm').exec(text)?.[1] ?? '';
	return {status: [of('Status'), of('Message')].filter(Boolean).join(' - '), step: of('Step'), setWeight: of('SetWeight'), actualWeight: of('ActualWeight')};
}
