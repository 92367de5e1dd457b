import {expect, onTestFinished, test} from 'vitest';
import {startListSession} from '../../../src/app/many/list-session.ts';
import type {WorkloadSelection} from '../../../src/domain/workload-selection.ts';
import {connectTo} from '../../cluster-io/harness/kubeconfig.ts';
import {startRestServer} from '../../cluster-io/harness/rest-server.ts';
import {objectsAt, recorded} from '../../store/progressive-replay.ts';

const group = (name: string, version: string) => ({name, versions: [{version}]});
const kruise = group('rollouts.kruise.io', 'v1beta1');
const argo = group('argoproj.io', 'v1alpha1');
const steering = {kruise: 'rollouts.kruise.io/v1beta1', argo: 'argoproj.io/v1alpha1'} as const;

const all: WorkloadSelection = {kind: 'matching', kinds: ['Deployment', 'ArgoRollout'], labelSelector: undefined, allNamespaces: false};

type Setting = {
	readonly by: keyof typeof steering;
	readonly selection?: WorkloadSelection;
	/** What the server has instead of what was recorded. */
	readonly change?: (object: object) => object;
};

/** The list of a recording's namespace as it was at `t`. */
async function listAt(scenario: string, t: number, {by, selection = all, change = object => object}: Setting) {
	const rollouts = `/apis/${steering[by]}/namespaces/${scenario}/rollouts`;
	const deployments = `/apis/apps/v1/namespaces/${scenario}/deployments`;
	const server = await startRestServer({
		'GET /apis': {groups: [group('apps', 'v1'), by === 'kruise' ? kruise : argo]},
		'GET /apis/argoproj.io/v1alpha1': {resources: [{name: 'rollouts'}]},
		[`GET ${deployments}`]: objectsAt(scenario, 'deployments', t),
		[`GET ${rollouts}`]: objectsAt(scenario, 'rollouts', t).map(change),
		[`GET /apis/apps/v1/namespaces/${scenario}/replicasets`]: objectsAt(scenario, 'replicasets', t),
		[`GET /api/v1/namespaces/${scenario}/pods`]: objectsAt(scenario, 'pods', t),
	});
	const connection = await connectTo(server.url, {}, {namespace: scenario});
	const stop = new AbortController();
	const session = startListSession({connection, selection, now: Date.now, signal: stop.signal});
	onTestFinished(async () => {
		stop.abort();
		await session.followed;
	});
	/** What the watch brings of a kind until another moment. */
	const until = async (file: 'rollouts' | 'deployments', later: number) => {
		const path = file === 'rollouts' ? rollouts : deployments;
		await expect.poll(() => server.watched(path).open).toBe(true);
		server.watched(path).send(
			...recorded(scenario, file)
				.filter(one => one.t > t && one.t <= later)
				.map(({type, object}) => ({type, object})),
		);
	};
	const seen: string[] = [];
	session.store.subscribe(() => seen.push(...session.view.snapshot().rows.map(({target, word}) => `${target} ${word}`)));
	return {server, session, until, seen, rows: () => session.view.snapshot().rows};
}

const brief = ({target, word, why}: {readonly target: string; readonly word: string; readonly why: string}) => `${target} ${word}: ${why}`;

test('a Deployment that OpenKruise holds waits for you, and nobody has paused it', async () => {
	const {rows, seen, until} = await listAt('kruise-partition', 16_000, {by: 'kruise'});
	await expect.poll(() => rows().map(brief)).toEqual(['deploy/canary-demo WAITS FOR YOU: step 1 of 2: waits for you to continue']);
	expect(seen.filter(line => line.includes('PAUSED'))).toEqual([]);
	// The Rollout goes on before the Deployment does.
	await until('rollouts', 18_600);
	await expect.poll(() => rows().map(({word}) => word)).toEqual(['PROGRESSING']);
	await until('rollouts', 31_000);
	await until('deployments', 31_000);
	await expect.poll(() => rows().map(({word}) => word)).toEqual(['COMPLETE']);
});

test.each([
	['among all', all],
	['by its name', {kind: 'named', workloads: [{kind: 'Deployment', name: 'canary-demo'}]}],
] as const)('the Deployment with the new pods beside another is counted with it, %s', async (_how, selection) => {
	const t = 30_000;
	const {rows} = await listAt('kruise-canary-ingress', t, {by: 'kruise', selection});
	await expect.poll(() => rows().map(brief)).toEqual(['deploy/canary-demo WAITS FOR YOU: step 1 of 2: waits for you to continue']);
	expect(objectsAt('kruise-canary-ingress', 'deployments', t)).toHaveLength(2);
	expect(rows()[0]).toMatchObject({updated: 1});
});

test('a Rollout that names its template is listed without a selector of its own, with the images of the Deployment', async () => {
	const withoutSelector = (object: object) => {
		const {spec, status, ...rest} = object as {spec: {selector?: object}; status?: {selector?: string}};
		const {selector: _, ...kept} = spec;
		const {selector: __, ...told} = status ?? {};
		return {...rest, spec: kept, status: told};
	};
	const {rows, session} = await listAt('argo-workloadref', 4_500, {by: 'argo', change: withoutSelector});
	await expect.poll(() => rows().find(({kind}) => kind === 'ArgoRollout')).toMatchObject({target: 'rollout/canary-demo', images: 'barnett/canarydemo:v1'});
	const entry = [...session.store.snapshot().entries.values()].find(({listed}) => listed.kind === 'ArgoRollout');
	expect(entry?.workload?.selectorQuery ?? 'app=canary-demo').toBe('app=canary-demo');
});

test('KubeVela is told as who keeps what it has made', async () => {
	const {rows} = await listAt('vela-canary', 20_000, {by: 'kruise'});
	await expect.poll(() => rows().map(({keeper}) => keeper)).toEqual(['KubeVela canary-demo']);
});
