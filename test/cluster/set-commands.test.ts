import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import type {ClusterAccess} from './harness/cluster-access.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {embeddedSide} from './kubectl/two-sides.ts';
import {sentBy, withoutPrecondition} from './scenarios/comparable-request.ts';
import {type RecordingProxy, startRecordingProxy} from './scenarios/recording-proxy.ts';
import {send} from './scenarios/set-commands.ts';

const kinds = {StatefulSet: 'statefulset', DaemonSet: 'daemonset'} as const;
type Kind = keyof typeof kinds;

/** Both controllers and API servers, with no node that a pod could run on: nothing happens but what is sent. */
const clusters = {
	'the real control plane': async () => ({access: suiteCluster(), stop: async () => {}}),
	'the embedded cluster': async () => embeddedSide(suiteCluster().kubectlProgram, []),
};

type Case = readonly [kind: Kind, command: WorkloadCommand, line: (target: string) => readonly string[]];

const undoLine = (target: string) => ['rollout', 'undo', target];
const partition = JSON.stringify({spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 1}}}});
const cases: readonly Case[] = (['StatefulSet', 'DaemonSet'] as const).flatMap((kind): readonly Case[] => [
	[kind, {kind: 'restart'}, target => ['rollout', 'restart', target]],
	[kind, {kind: 'set-image', container: 'app', image: 'idle:9'}, target => ['set', 'image', target, 'app=idle:9']],
	[kind, {kind: 'set-image', container: 'prepare', image: 'idle:9', init: true}, target => ['set', 'image', target, 'prepare=idle:9']],
	[kind, {kind: 'undo', toRevision: undefined}, undoLine],
	[kind, {kind: 'undo', toRevision: 1}, target => [...undoLine(target), '--to-revision=1']],
]);

describe.runIf(isOwnCluster()).each(Object.entries(clusters))('on %s a StatefulSet and a DaemonSet', (_where, start) => {
	let cluster: {readonly access: ClusterAccess; readonly stop: () => Promise<void>};
	let namespace: TestNamespace;
	let proxy: RecordingProxy;
	beforeAll(async () => {
		cluster = await start();
		namespace = await createNamespace(cluster.access, 'set-commands');
		proxy = await startRecordingProxy(cluster.access, namespace.name);
	});
	afterAll(async () => {
		await proxy.stop();
		await namespace.delete();
		await cluster.stop();
	});

	const kubectl = (args: readonly string[]) => namespace.must(args, {kubeconfig: proxy.kubeconfig});
	/** With the revisions 1 (`idle:1`) and 2 (`idle:2`). */
	async function create(kind: Kind, name: string): Promise<void> {
		await namespace.must(['create', '-f', '-'], {input: JSON.stringify(unplaceable(kind, name))});
		await revisions(kind, name, 1);
		await namespace.must(['set', 'image', `${kinds[kind]}/${name}`, 'app=idle:2']);
		await revisions(kind, name, 2);
	}
	const revisions = (kind: Kind, name: string, count: number) =>
		expect.poll(async () => (await namespace.must(['rollout', 'history', `${kinds[kind]}/${name}`])).match(/^\d/gm)).toHaveLength(count);
	const stored = async (kind: Kind, name: string) => {
		const {spec} = await namespace.get<{spec: {template: object; updateStrategy: object; replicas?: number}}>([`${kinds[kind]}/${name}`]);
		return JSON.parse(
			JSON.stringify(spec)
				.replaceAll(name, 'NAME')
				.replaceAll(/"\d{4}-\d\d-\d\dT[^"]+"/g, '"TIME"'),
		);
	};

	test.each([...cases, ['StatefulSet', {kind: 'set-partition', partition: 1}, target => ['patch', target, '-p', partition]] satisfies Case])(
		'%s: %j is sent as kubectl sends it, but for the object that was seen, and leaves what kubectl leaves',
		async (kind, command, line) => {
			const [theirs, ours] = [`theirs-${proxy.changes.length}`, `ours-${proxy.changes.length}`];
			await Promise.all([create(kind, theirs), create(kind, ours)]);
			const expected = await sentBy(proxy, {namespace: namespace.name, name: theirs}, () => kubectl(line(`${kinds[kind]}/${theirs}`)));
			const sent = await sentBy(proxy, {namespace: namespace.name, name: ours}, async () =>
				expect(await send(proxy.kubeconfig, namespace, {kind, name: ours}, command)).toMatchObject({kind: 'accepted'}),
			);
			const {body, version} = withoutPrecondition(sent[0]?.body);
			expect(version).toMatch(/^\d+$/);
			expect([{...sent[0], body}]).toEqual(expected);
			expect(await stored(kind, ours)).toEqual(await stored(kind, theirs));
		},
	);

	test('scale of a StatefulSet goes through its subresource; a DaemonSet has none', async () => {
		await create('StatefulSet', 'scaled');
		await create('DaemonSet', 'unscaled');
		const sent = await sentBy(proxy, {namespace: namespace.name, name: 'scaled'}, async () =>
			expect(await send(proxy.kubeconfig, namespace, {kind: 'StatefulSet', name: 'scaled'}, {kind: 'scale', replicas: 4, from: 2})).toMatchObject({
				kind: 'accepted',
				message: 'statefulset.apps/scaled scaled',
			}),
		);
		expect(sent).toMatchObject([{method: 'PUT', path: '/apis/apps/v1/namespaces/NAMESPACE/statefulsets/NAME/scale', body: {spec: {replicas: 4}}}]);
		expect((await stored('StatefulSet', 'scaled')).replicas).toBe(4);
		expect(await send(proxy.kubeconfig, namespace, {kind: 'DaemonSet', name: 'unscaled'}, {kind: 'scale', replicas: 4})).toMatchObject({
			kind: 'refused',
			message: 'a DaemonSet can’t be scaled',
		});
	});

	test.each(['StatefulSet', 'DaemonSet'] as const)('what kubectl refuses of a %s is refused in its words, and nothing is sent', async kind => {
		const name = `refused-${kind.toLowerCase()}`;
		await namespace.must(['create', '-f', '-'], {input: JSON.stringify(unplaceable(kind, name))});
		await revisions(kind, name, 1);
		const target = `${kinds[kind]}/${name}`;
		const refused = async (command: WorkloadCommand) => {
			const result = await send(proxy.kubeconfig, namespace, {kind, name}, command);
			return result.kind === 'refused' ? result.message : result;
		};
		const before = proxy.changes.length;
		const undo = await namespace.kubectl(['rollout', 'undo', target]);
		expect(`error: ${await refused({kind: 'undo', toRevision: undefined})}\n`).toBe(undo.stderr);
		const unknown = await namespace.kubectl(['rollout', 'undo', target, '--to-revision=7']);
		expect(`error: ${await refused({kind: 'undo', toRevision: 7})}\n`).toBe(unknown.stderr);
		const same = await namespace.must(['rollout', 'undo', target, '--to-revision=1']);
		expect(same).toContain(String(await refused({kind: 'undo', toRevision: 1})));
		expect((await namespace.kubectl(['rollout', 'pause', target])).stderr).toContain('pausing is not supported');
		expect(await refused({kind: 'pause'})).toBe(`a ${kind} can’t be paused`);
		expect(proxy.changes.length).toBe(before);
	});
});

function unplaceable(kind: Kind, name: string): object {
	const labels = {app: name};
	const containers = [{name: 'app', image: 'idle:1', env: [{name: 'MODE', value: 'ä "quoted"'}]}];
	const spec = {nodeSelector: {'rollwatch.test/node': 'none'}, initContainers: [{name: 'prepare', image: 'idle:1'}], containers};
	const more = kind === 'StatefulSet' ? {replicas: 2, serviceName: name} : {};
	return {
		apiVersion: 'apps/v1',
		kind,
		metadata: {name, annotations: {'kubernetes.io/change-cause': 'first'}},
		spec: {...more, selector: {matchLabels: labels}, template: {metadata: {labels}, spec}},
	};
}
