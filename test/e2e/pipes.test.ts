import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {expect, test} from 'vitest';
import {deploymentsPath, deploymentsRoute, namedList, shopPath, startFakeApi} from './fake-api.ts';
import {programEnv, programPath} from './program.ts';

test('into a pipe it writes lines without escapes, and its exit code says that the rollout is complete', async () => {
	const api = await startFakeApi();
	const {code, stdout, stderr} = await api.run(['deploy/shop']);
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}COMPLETE +deployment "shop" successfully rolled out$/m);
	expect(stdout).not.toContain('\u001B');
});

test('one snapshot is tables for people, or JSON for programs', async () => {
	const api = await startFakeApi();
	const text = await api.run(['deploy/shop', '--once']);
	expect(text.stdout).toMatch(/REV +NAME +DESIRED/);
	expect(text.stdout.match(/shop-hash2-\d +1\/1 +Running +0 /g)).toHaveLength(3);
	const json = await api.run(['deploy/shop', '--once', '-o', 'json']);
	expect(JSON.parse(json.stdout)).toMatchObject({apiVersion: 'rollwatch/v1', kind: 'Snapshot', rollout: {phase: 'complete'}});
	expect([text.code, json.code, text.stderr, json.stderr]).toEqual([0, 0, '', '']);
});

test('a reader that goes away ends it without a word', async () => {
	const api = await startFakeApi({routes: progressing});
	const child = spawn(process.execPath, [programPath(), 'deploy/shop', '--plain'], {
		env: programEnv({KUBECONFIG: api.kubeconfig}),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
	await once(child.stdout, 'data');
	child.stdout.destroy();
	const exit = once(child, 'exit');
	// It notices when it next writes.
	const keepChanging = setInterval(() => api.server.watched(deploymentsPath).send(modified(++version)), 50);
	try {
		await exit;
	} finally {
		clearInterval(keepChanging);
	}
	expect(stderr).toBe('');
});

test('SIGTERM ends the plain lines with 130 and without a stack', async () => {
	const api = await startFakeApi({routes: progressing});
	const child = spawn(process.execPath, [programPath(), 'deploy/shop', '--plain'], {
		env: programEnv({KUBECONFIG: api.kubeconfig}),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
	await once(child.stdout, 'data');
	child.kill('SIGTERM');
	expect(await once(child, 'exit')).toEqual([130, null]);
	expect(stderr).toBe('');
});

let version = 100;

function shop(resourceVersion: number) {
	const labels = {app: 'shop'};
	return {
		kind: 'Deployment',
		apiVersion: 'apps/v1',
		metadata: {
			uid: 'uid-shop',
			name: 'shop',
			namespace: 'web',
			resourceVersion: String(resourceVersion),
			generation: 1,
			annotations: {'deployment.kubernetes.io/revision': '2'},
		},
		spec: {replicas: 3, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers: [{name: 'app', image: 'app:v2'}]}}},
		// One more or less is available each time, so that there is something to say.
		status: {observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 1 + (resourceVersion % 2)},
	};
}

const modified = (resourceVersion: number) => ({type: 'MODIFIED', object: shop(resourceVersion)});
const progressing = {[deploymentsRoute]: namedList([shop(100)]), [`GET ${shopPath}`]: shop(100)};
