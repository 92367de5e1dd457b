import {describe, expect, test} from 'vitest';
import type {ContainerSpec, PodSpec} from '../../../src/demo/node/pod-spec.ts';
import type {PodStatus} from '../../../src/demo/node/pod-status.ts';
import {type TestNode, withTestNode} from './test-node.ts';

let node: TestNode;

withTestNode(fresh => {
	node = fresh;
});

describe('an image from a registry that makes trouble', () => {
	const failures: readonly (readonly [image: string, message: RegExp, reason: string])[] = [
		['private.example/app/nginx:1.22', /code = Unknown .*: pull access denied, .* authorization failed$/, 'the registry wants credentials'],
		['busy.example/app/nginx:1.22', /: 429 Too Many Requests - Server message: toomanyrequests: /, 'too many pulls'],
		['arm.example/app/nginx:1.22', /code = NotFound .*: no match for platform in manifest: not found$/, 'built for other machines only'],
		['down.example/app/nginx:1.22', /dial tcp \S+: connect: connection refused$/, 'nobody listens'],
		['far.example/app/nginx:1.22', /code = DeadlineExceeded .*i\/o timeout$/, 'nothing comes back'],
		['nowhere.example/app/nginx:1.22', /: no such host$/, 'the name does not resolve'],
		['untrusted.example/app/nginx:1.22', /x509: certificate signed by unknown authority$/, 'nobody vouches for it'],
		['constructor/nginx:9', /: not found$/, 'a host that is no registry here, whatever it is called'],
	];

	test.for(failures)('%s: %s', async ([image, message]) => {
		run({image});
		await node.clock.advance(4_500);
		expect(waiting()).toMatchObject({reason: 'ErrImagePull', message: expect.stringMatching(message)});
		expect(waiting()?.message).toContain(`failed to pull and unpack image "${image.startsWith('constructor') ? 'docker.io/' : ''}${image}": `);
		expect(node.events).toContainEqual(expect.objectContaining({reason: 'Failed', message: `Failed to pull image "${image}": ${waiting()?.message}`}));
	});

	test('takes its time where the registry is slow, and says so when it is there', async () => {
		run({image: 'slow.example/app/nginx:1.22'});
		await node.clock.advance(60_000);
		expect(waiting()).toEqual({reason: 'ContainerCreating'});
		expect(node.events.at(-1)?.message).toBe('Pulling image "slow.example/app/nginx:1.22"');
		await node.clock.advance(62_000);
		expect(last().containerStatuses?.[0]?.ready).toBe(true);
		expect(node.events).toContainEqual(expect.objectContaining({message: expect.stringMatching(/ in 2m0\.08s \(2m0\.08s including waiting\)/)}));
	});
});

describe('a command that is not in the image', () => {
	test('was created and never ran: StartError, and then the crash loop of what exits', async () => {
		run({image: 'busybox', command: ['/app/server', '--port=80']});
		await node.clock.advance(1_500);
		const message = /OCI runtime create failed: .* exec: "\/app\/server": stat \/app\/server: no such file or directory$/;
		expect(last().containerStatuses?.[0]).toMatchObject({
			state: {waiting: {reason: 'RunContainerError', message: expect.stringMatching(message)}},
			lastState: {terminated: {exitCode: 128, reason: 'StartError', message: expect.stringMatching(message), startedAt: '1970-01-01T00:00:00Z'}},
		});
		await node.clock.advance(15_000);
		const reasons = node.statuses.flatMap(({containerStatuses}) => containerStatuses?.[0]?.state.waiting?.reason ?? []);
		expect([...new Set(reasons)]).toEqual(['ContainerCreating', 'RunContainerError', 'CrashLoopBackOff']);
		expect(node.events.map(({reason}) => reason)).not.toContain('Started');
	});

	test('is told from one that is only nowhere in the path', async () => {
		run({image: 'busybox', command: ['serve']});
		await node.clock.advance(1_500);
		expect(waiting()?.message).toMatch(/exec: "serve": executable file not found in \$PATH$/);
	});

	test.each([[['/bin/sh', '-c', 'sleep 60']], [['sh', '-c', 'sleep 60']], [['/usr/bin/sleep', '60']], [undefined]])('%j is in it', async command => {
		run({image: 'busybox', command: command as string[]});
		await node.clock.advance(1_500);
		expect(node.events.map(({reason}) => reason)).toContain('Started');
	});
});

describe('a volume whose object is missing', () => {
	const volumes: readonly (readonly [volume: object, message: string | undefined, reason: string])[] = [
		[{configMap: {name: 'nope'}}, 'configmap "nope" not found', 'no such ConfigMap'],
		[{secret: {secretName: 'nope'}}, 'secret "nope" not found', 'no such Secret'],
		[{projected: {sources: [{secret: {name: 'nope'}}]}}, 'secret "nope" not found', 'no such Secret in a projection'],
		[{configMap: {name: 'nope', optional: true}}, undefined, 'it may be missing'],
		[{emptyDir: {}}, undefined, 'it takes nothing from the API'],
	];

	test.for(volumes)('%j: %s', async ([volume, message]) => {
		run({image: 'nginx'}, {volumes: [{name: 'config', ...volume}]});
		await node.clock.advance(3_000);
		const failed = node.events.filter(({reason}) => reason === 'FailedMount');
		expect(failed.map(event => event.message)).toEqual(message === undefined ? [] : [`MountVolume.SetUp failed for volume "config" : ${message}`]);
		expect(waiting()).toEqual(message === undefined ? undefined : {reason: 'ContainerCreating'});
		// At once, and after 0.5, 1 and 2 s.
		if (message !== undefined) expect(failed[0]?.count).toBe(3);
	});
});

test('a program that answers nothing lets probes run into their timeout', async () => {
	run({image: 'hang', readinessProbe: {httpGet: {port: 8080}, periodSeconds: 1}});
	await expect
		.poll(
			async () => {
				await node.clock.advance(1_000);
				return node.events.map(({message}) => message);
			},
			{timeout: 30_000, interval: 50},
		)
		.toContainEqual(expect.stringMatching(/^Readiness probe failed: Get "http:\/\/.*context deadline exceeded/));
	// A probe that is under way when its container is killed ends with the connection, a moment later.
	await node.stop();
	await expect.poll(() => node.clock.pendingTimers()).toBe(0);
});

function run(container: Partial<ContainerSpec>, spec: Partial<PodSpec> = {}): void {
	const metadata = {name: 'web', namespace: 'default', uid: 'uid-of-web'};
	node.run({metadata, spec: {terminationGracePeriodSeconds: 0, ...spec, containers: [{name: 'app', image: 'nginx', ...container}]}});
}

function last(): PodStatus {
	return node.statuses.at(-1) ?? {};
}

function waiting(): {readonly reason: string; readonly message?: string} | undefined {
	return last().containerStatuses?.[0]?.state.waiting;
}
