import {describe, expect, it} from 'vitest';
import {createPodDirectory, emptyPodDirectory} from '../../src/domain/pod-directory.ts';
import {replicaSet} from './answers.ts';

function pod(name: string, ip: string | undefined, revision: number | undefined, more = {}) {
	return {name, ip, ownerUid: revision === undefined ? undefined : `rs-${revision}`, ...more};
}

describe('createPodDirectory', () => {
	const directory = createPodDirectory(
		[pod('a', '10.0.0.1', 1), pod('b', '10.0.0.2', 2), pod('c', undefined, undefined)],
		[replicaSet(1, 'app:v1'), replicaSet(2, 'app:v2')],
	);

	it('resolves names and addresses to revision and image tag', () => {
		expect(directory.byName('a')).toEqual({name: 'a', ownerUid: 'rs-1', revision: 1, imageTag: 'v1'});
		expect(directory.byIp('10.0.0.2')).toEqual({name: 'b', ownerUid: 'rs-2', revision: 2, imageTag: 'v2'});
		expect(directory.byName('c')).toEqual({name: 'c', ownerUid: undefined, revision: undefined, imageTag: undefined});
		expect(directory.byName('d')).toBeUndefined();
		expect(directory.revisions).toEqual([
			{uid: 'rs-1', workloadUid: 'workload', revision: 1, images: ['app:v1'], inUse: true},
			{uid: 'rs-2', workloadUid: 'workload', revision: 2, images: ['app:v2'], inUse: true},
		]);
	});

	it('finds a pod by its host name, which is cut at 63 characters', () => {
		const name = `${'long-'.repeat(12)}ab-6b8f7c9d5-4wzzp`;
		const found = createPodDirectory([pod(name, undefined, 1)], [replicaSet(1, 'app:v1')]);
		expect(found.byName(name.slice(0, 63).replace(/-$/, ''))?.name).toBe(name);
	});

	it('prefers the pod that is there where an address is used again', () => {
		const pods = [
			pod('new', '10.0.0.1', 2),
			pod('leaving', '10.0.0.1', 1, {deletedAt: 5}),
			pod('gone', '10.0.0.1', 1, {gone: true}),
			pod('gone too', '10.0.0.9', 1, {gone: true}),
		];
		const reused = createPodDirectory(pods, [replicaSet(1, 'app:v1'), replicaSet(2, 'app:v2')]);
		expect(reused.byIp('10.0.0.1')?.name).toBe('new');
		expect(reused.byIp('10.0.0.9')?.name).toBe('gone too');
	});

	it('takes the tag of the container that rollouts change, not of a side-car in front', () => {
		const mesh = createPodDirectory([pod('a', '10.0.0.1', 2)], [replicaSet(1, 'proxy:1.9', 'app:v1'), replicaSet(2, 'proxy:1.9', 'app:v2')]);
		expect(mesh.byName('a')?.imageTag).toBe('v2');
		expect(mesh.programs).toEqual(['app']);
	});

	it('tells workloads behind one Service apart, although their revisions have the same number', () => {
		const stable = {...replicaSet(1, 'proxy:1.9', 'app:v1'), uid: 'stable-1', ownerUid: 'stable'};
		const canary = {...replicaSet(1, 'proxy:1.9', 'app:v2'), uid: 'canary-1', ownerUid: 'canary', current: 0, desired: 0};
		const pods = [
			pod('a', '10.0.0.1', 0, {ownerUid: 'stable-1'}),
			pod('b', '10.0.0.2', 0, {ownerUid: 'canary-1'}),
			pod('c', '10.0.0.3', 0, {ownerUid: 'a set'}),
		];
		const both = createPodDirectory(pods, [stable, canary]);
		expect(['a', 'b', 'c'].map(both.byName)).toEqual([
			{name: 'a', ownerUid: 'stable-1', revision: 1, imageTag: 'v1'},
			{name: 'b', ownerUid: 'canary-1', revision: 1, imageTag: 'v2'},
			{name: 'c', ownerUid: 'a set', revision: undefined, imageTag: undefined},
		]);
		expect(both.revisions).toMatchObject([
			{uid: 'stable-1', workloadUid: 'stable', inUse: true},
			{uid: 'canary-1', workloadUid: 'canary', inUse: false},
		]);
	});

	it('looks for the container that changes within each workload', () => {
		const sets = [
			{...replicaSet(1, 'app:v1', 'log:3'), uid: 'a1', ownerUid: 'a'},
			{...replicaSet(2, 'app:v2', 'log:3'), uid: 'a2', ownerUid: 'a'},
			{...replicaSet(1, 'proxy:1.9', 'app:v7'), uid: 'b1', ownerUid: 'b'},
			{...replicaSet(2, 'proxy:1.9', 'app:v8'), uid: 'b2', ownerUid: 'b'},
		];
		const directory = createPodDirectory([pod('a', undefined, 0, {ownerUid: 'a2'}), pod('b', undefined, 0, {ownerUid: 'b2'})], sets);
		expect(['a', 'b'].map(name => directory.byName(name)?.imageTag)).toEqual(['v2', 'v8']);
	});

	it('names the programs that run, by the last part of their images, whatever the history is', () => {
		const sets = [replicaSet(1, 'nginx:1.22'), replicaSet(2, 'registry/mirror/nginx:1.23'), replicaSet(3, 'docker/getting-started')];
		expect(createPodDirectory([pod('a', '1', 1), pod('b', '2', 2)], sets).programs).toEqual(['nginx']);
		expect(createPodDirectory([pod('a', '1', 1), pod('c', '3', 3)], sets).programs).toEqual(['nginx', 'getting-started']);
		expect(createPodDirectory([pod('a', '1', 1), pod('c', '3', 3, {gone: true})], sets).programs).toEqual(['nginx']);
	});

	it('leaves ReplicaSets without a number out of the revisions', () => {
		expect(createPodDirectory([], [replicaSet(undefined, 'app:v1')]).revisions).toEqual([]);
	});

	it('takes iterators, which give their elements once', () => {
		const pods = new Map([['1', pod('a', '10.0.0.1', 1)]]);
		const sets = new Map([['1', replicaSet(1, 'app:v1')]]);
		const once = createPodDirectory(pods.values(), sets.values());
		expect(once.programs).toEqual(['app']);
		expect(once.byName('a')?.revision).toBe(1);
		expect(once.revisions).toHaveLength(1);
	});

	it('looks at nothing until it is asked', () => {
		let looked = 0;
		function* pods() {
			looked += 1;
			yield pod('a', '10.0.0.1', 1);
		}
		const lazy = createPodDirectory(pods(), []);
		expect(looked).toBe(0);
		lazy.byName('a');
		lazy.byIp('a');
		expect(looked).toBe(1);
	});
});

it('knows nothing when it is empty', () => {
	expect([emptyPodDirectory.byName('a'), emptyPodDirectory.byIp('a'), emptyPodDirectory.revisions, emptyPodDirectory.programs]).toEqual([
		undefined,
		undefined,
		[],
		[],
	]);
});
