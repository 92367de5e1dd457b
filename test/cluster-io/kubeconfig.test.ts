import {chmodSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {chooseContext} from '../../src/cluster/config/choose-context.ts';
import {inClusterKubeconfig} from '../../src/cluster/config/in-cluster.ts';
import {parseKubeconfig} from '../../src/cluster/config/kubeconfig.ts';
import {loadKubeconfig} from '../../src/cluster/config/load-kubeconfig.ts';
import {ClusterError} from '../../src/cluster/errors.ts';
import {kubeconfigText, temporaryDirectory, writeFile} from './harness/kubeconfig.ts';

async function failure(run: () => unknown): Promise<ClusterError> {
	try {
		await run();
	} catch (error) {
		if (error instanceof ClusterError) return error;
		throw error;
	}
	throw new Error('it did not fail');
}

function context(name: string, server: string): string {
	return JSON.stringify({
		'current-context': name,
		clusters: [{name: `${name}-cluster`, cluster: {server}}],
		users: [{name: `${name}-user`, user: {token: name}}],
		contexts: [{name, context: {cluster: `${name}-cluster`, user: `${name}-user`}}],
	});
}

describe('where it is looked for', () => {
	test('the file of --kubeconfig counts before KUBECONFIG', async () => {
		const given = writeFile('given', context('given', 'http://a'));
		const config = await loadKubeconfig(given, {KUBECONFIG: writeFile('env', context('env', 'http://b'))});
		expect([...config.contexts.keys()]).toEqual(['given']);
	});

	test('the files of KUBECONFIG are merged, and of two with the same name the first one counts', async () => {
		const first = writeFile('first', context('a', 'http://first'));
		const second = writeFile('second', context('b', 'http://second'));
		const third = writeFile('third', context('a', 'http://third'));
		const config = await loadKubeconfig(undefined, {KUBECONFIG: [first, second, third].join(':')});
		expect(config.currentContext).toBe('a');
		expect([...config.contexts.keys()].sort()).toEqual(['a', 'b']);
		expect(config.clusters.get('a-cluster')?.server).toBe('http://first');
	});

	test('a file of KUBECONFIG that does not exist is passed over', async () => {
		const config = await loadKubeconfig(undefined, {KUBECONFIG: `/no/such/file:${writeFile('there', context('there', 'http://a'))}`});
		expect(config.currentContext).toBe('there');
	});

	test('without KUBECONFIG it is ~/.kube/config', async () => {
		const home = temporaryDirectory();
		mkdirSync(join(home, '.kube'));
		writeFile('config', context('home', 'http://a'), join(home, '.kube'));
		expect((await loadKubeconfig(undefined, {HOME: home, KUBECONFIG: ''})).currentContext).toBe('home');
	});

	test('inside a pod it is the service account', async () => {
		const directory = temporaryDirectory();
		for (const [name, text] of [
			['token', 'abc'],
			['ca.crt', 'PEM'],
			['namespace', 'web\n'],
		] as const)
			writeFile(name, text, directory);
		const config = await inClusterKubeconfig({KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443'}, directory);
		if (config === undefined) throw new Error('not in a cluster');
		expect(chooseContext(config, undefined)).toMatchObject({
			context: {namespace: 'web'},
			cluster: {server: 'https://[fd00::1]:443', caFile: join(directory, 'ca.crt')},
			user: {tokenFile: join(directory, 'token')},
		});
		expect(await inClusterKubeconfig({}, directory)).toBeUndefined();
	});
});

describe('what is wrong with it', () => {
	test('there is none', async () => {
		const error = await failure(() => loadKubeconfig(undefined, {HOME: '/no/home'}));
		expect(error).toMatchObject({kind: 'config', message: 'found no kubeconfig: /no/home/.kube/config does not exist'});
		expect(error.hint).toContain('--kubeconfig');
	});

	test('the given one does not exist', async () => {
		const error = await failure(() => loadKubeconfig('/no/such/file', {}));
		expect(error).toMatchObject({kind: 'config', message: 'cannot read the kubeconfig /no/such/file: there is no such file'});
	});

	test('it is a directory', async () => {
		const directory = temporaryDirectory();
		expect((await failure(() => loadKubeconfig(directory, {}))).message).toBe(`cannot read the kubeconfig ${directory}: it is a directory`);
	});

	test.skipIf(process.getuid?.() === 0)('it may not be read', async () => {
		const path = writeFile('config', context('a', 'http://a'));
		chmodSync(path, 0);
		expect((await failure(() => loadKubeconfig(path, {}))).message).toContain('it may not be read by this user');
	});

	test('it was written only to the middle, and the error shows no text of it', async () => {
		const path = writeFile('config', 'apiVersion: v1\nusers:\n- name: a\n  user:\n    token: "SECRET-TOKEN\n');
		const error = await failure(() => loadKubeconfig(path, {}));
		expect(error).toMatchObject({kind: 'config'});
		expect(error.message).toMatch(new RegExp(`^cannot read the kubeconfig ${path}: unexpected end of .* in line \\d$`));
		expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain('SECRET');
	});

	test('it is a text', async () => {
		expect((await failure(() => parseKubeconfig('hello', '/x'))).message).toBe('/x is no kubeconfig');
	});

	test('it has no current context', async () => {
		const config = parseKubeconfig(context('a', 'http://a').replace('"current-context":"a"', '"x":1'), '/x');
		expect(await failure(() => chooseContext(config, undefined))).toMatchObject({
			kind: 'config',
			message: 'the kubeconfig sets no current context',
			hint: 'choose one with --context (contexts: a)',
		});
	});

	test('it is empty', async () => {
		expect(await failure(() => chooseContext(parseKubeconfig('', '/x'), undefined))).toMatchObject({
			hint: expect.stringContaining('the kubeconfig has no contexts'),
		});
	});

	test('it has no such context, but one that is nearly it', async () => {
		const config = parseKubeconfig(context('prod-eu', 'http://a'), '/x');
		expect(await failure(() => chooseContext(config, 'prod-ue'))).toMatchObject({
			kind: 'config',
			message: 'there is no context "prod-ue" in the kubeconfig',
			hint: 'did you mean "prod-eu"? contexts: prod-eu',
		});
	});

	test('the context names a cluster or a user that is not there', async () => {
		const half = (field: string) => parseKubeconfig(context('a', 'http://a').replace(`"${field}":[`, '"gone":['), '/x');
		expect((await failure(() => chooseContext(half('clusters'), undefined))).message).toBe(
			'context "a" names the cluster "a-cluster", which the kubeconfig does not have',
		);
		expect((await failure(() => chooseContext(half('users'), undefined))).message).toBe(
			'context "a" names the user "a-user", which the kubeconfig does not have',
		);
	});

	test.each(['', 'ftp://a', 'http://'])('the server "%s" is no address', async server => {
		expect((await failure(() => chooseContext(parseKubeconfig(context('a', server), '/x'), undefined))).message).toContain('has no usable server address');
	});

	test('nothing makes it fail in another way than with a sentence', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.json(),
					fc.json().map(json => json.replace(/^\{/, `${kubeconfigText('http://a').slice(0, -1)},`)),
				),
				text => {
					try {
						const chosen = chooseContext(parseKubeconfig(text, '/x/config'), undefined);
						expect(typeof chosen.cluster.server).toBe('string');
					} catch (error) {
						expect(error).toBeInstanceOf(ClusterError);
					}
				},
			),
		);
	});
});

test('of two entries with one name the first one counts', () => {
	const twice = JSON.parse(context('a', 'http://first'));
	twice.clusters.push({name: 'a-cluster', cluster: {server: 'http://second'}});
	expect(chooseContext(parseKubeconfig(JSON.stringify(twice), '/x'), 'a').cluster.server).toBe('http://first');
});

test('files in it are meant from where it lies', () => {
	const config = parseKubeconfig(
		kubeconfigText('http://a', {cluster: {'certificate-authority': 'ca.pem'}, user: {'client-key': '/abs/key', tokenFile: 'sub/token'}}),
		'/home/me/.kube/config',
	);
	expect(chooseContext(config, undefined)).toMatchObject({
		cluster: {caFile: '/home/me/.kube/ca.pem'},
		user: {keyFile: '/abs/key', tokenFile: '/home/me/.kube/sub/token'},
	});
});

test('numbers and dates in it stay what they are, so that nothing is read as something else', () => {
	const config = parseKubeconfig(
		'current-context: a\ncontexts: [{name: a, context: {cluster: c, namespace: 2024-01-01}}]\nclusters: [{name: c, cluster: {server: "http://a/"}}]',
		'/x',
	);
	expect(chooseContext(config, undefined)).toMatchObject({context: {namespace: '2024-01-01'}, cluster: {server: 'http://a'}, user: undefined});
});
