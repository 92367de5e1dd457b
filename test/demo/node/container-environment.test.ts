import {describe, expect, test} from 'vitest';
import {type ApiClient, ApiError} from '../../../src/demo/api-client.ts';
import {containerEnvironment, expand} from '../../../src/demo/node/container-environment.ts';
import type {ContainerSpec} from '../../../src/demo/node/pod-spec.ts';
import {createTestNode} from './test-node.ts';

const objects: Readonly<Record<string, object>> = {
	'/api/v1/namespaces/default/configmaps/settings': {data: {greeting: 'hello', colour: 'blue'}},
	'/api/v1/namespaces/default/secrets/token': {data: {key: Buffer.from('s3cret').toString('base64')}},
};

describe('the environment of a container', () => {
	test('has values, fields of its pod, and keys of ConfigMaps and Secrets', async () => {
		const env = await read({
			envFrom: [{prefix: 'CFG_', configMapRef: {name: 'settings'}}],
			env: [
				{name: 'PLAIN', value: '1'},
				{name: 'NAME', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}},
				{name: 'APP', valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}},
				{name: 'IP', valueFrom: {fieldRef: {fieldPath: 'status.podIP'}}},
				{name: 'GREETING', valueFrom: {configMapKeyRef: {name: 'settings', key: 'greeting'}}},
				{name: 'KEY', valueFrom: {secretKeyRef: {name: 'token', key: 'key'}}},
				{name: 'TEXT', value: '$(GREETING) $(NAME) $(NOBODY) $$(NAME)'},
				{name: 'MAYBE', valueFrom: {configMapKeyRef: {name: 'none', key: 'a', optional: true}}},
			],
		});
		expect(env).toEqual({
			CFG_greeting: 'hello',
			CFG_colour: 'blue',
			PLAIN: '1',
			NAME: 'app',
			APP: 'web',
			IP: '10.244.1.2',
			GREETING: 'hello',
			KEY: 's3cret',
			TEXT: 'hello app $(NOBODY) $(NAME)',
		});
	});

	test.each<[string, Partial<ContainerSpec>]>([
		['configmap "none" not found', {env: [{name: 'A', valueFrom: {configMapKeyRef: {name: 'none', key: 'a'}}}]}],
		['secret "none" not found', {envFrom: [{secretRef: {name: 'none'}}]}],
		["couldn't find key size in ConfigMap default/settings", {env: [{name: 'A', valueFrom: {configMapKeyRef: {name: 'settings', key: 'size'}}}]}],
	])('cannot be made: %s', async (message, container) => {
		await expect(read(container)).rejects.toThrow(message);
	});
});

test.each([
	['$(A)', 'a'],
	['$$(A)', '$(A)'],
	['$(constructor)', '$(constructor)'],
	['$(A', '$(A'],
	['$A', '$A'],
])('%s becomes %s', (text, expanded) => {
	expect(expand(text, {A: 'a'})).toBe(expanded);
});

test('a container whose environment cannot be made waits for it', async () => {
	const node = createTestNode();
	const env = [{name: 'A', valueFrom: {configMapKeyRef: {name: 'none', key: 'a'}}}];
	node.run({metadata: {name: 'app', namespace: 'default', uid: 'u'}, spec: {containers: [{name: 'app', image: 'nginx', env}], restartPolicy: 'Always'}});
	await node.clock.advance(3_000);
	expect(node.statuses.at(-1)?.containerStatuses?.[0]?.state).toEqual({
		waiting: {reason: 'CreateContainerConfigError', message: 'configmap "none" not found'},
	});
	expect(node.events).toContainEqual(expect.objectContaining({type: 'Warning', reason: 'Failed', message: 'Error: configmap "none" not found'}));
	await node.stop();
});

const api: ApiClient = {
	async send({path}) {
		const object = objects[path];
		if (object === undefined) throw new ApiError(404, 'NotFound', 'not there');
		return object;
	},
	async *stream() {
		yield* [];
	},
	close: async () => undefined,
};

function read(container: Partial<ContainerSpec>): Promise<Record<string, string>> {
	const pod = {metadata: {name: 'app', namespace: 'default', uid: 'u', labels: {app: 'web'}}, spec: {containers: []}, status: {}};
	const signal = new AbortController().signal;
	return containerEnvironment({api, pod, container: {name: 'app', image: 'nginx', ...container}, podIp: '10.244.1.2', nodeIp: '10.240.0.1', signal});
}
