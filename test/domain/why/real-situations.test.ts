import {expect, it} from 'vitest';
import type {Hope} from '../../../src/domain/why/finding.ts';
import type {FindingKind} from '../../../src/domain/why/finding-kind.ts';
import {findings} from './findings-of-pods.ts';
import {recorded, recordedSituations} from './real-situation.ts';

/** The worst that is said of a pod, word for word, at the moment of the recording. */
const said: readonly (readonly [situation: string, kind: FindingKind, hope: Hope, message: string])[] = [
	['command-not-found', 'command-not-found', 'none', `container shop can't start: its command "/app/server" does not exist in the image (1 restart)`],
	['command-not-in-path', 'command-not-found', 'none', `container shop can't start: its command "serve" does not exist in the image (2 restarts)`],
	['config-map-key-missing', 'config-missing', 'doubtful', 'container shop needs key nope of ConfigMap "words", which does not have it'],
	['config-map-missing', 'config-missing', 'doubtful', 'container shop needs ConfigMap "nope", which does not exist'],
	['crash-at-once', 'crash-loop', 'none', 'container shop crashes again and again: exit code 1, at its start (2 restarts)'],
	['crash-exit-code', 'crash-loop', 'none', 'container shop crashes again and again: exit code 3, at its start (2 restarts)'],
	['crash-exit-zero', 'container-completes', 'none', 'container shop ends without an error at its start: nothing keeps it running (2 restarts)'],
	['crash-segfault', 'crash-loop', 'none', 'container shop crashes again and again: exit code 139 (SIGSEGV, a memory fault), 1s after its start (2 restarts)'],
	['deadline-exceeded', 'image-not-found', 'none', "can't pull image registry.example/shop/testpage:9.9: not found"],
	['image-back-off', 'image-not-found', 'none', "can't pull image registry.example/shop/testpage:9.9: not found"],
	['image-name-invalid', 'image-name-invalid', 'none', "can't pull image Registry.Example/Shop:0.9: that is no valid name"],
	['image-never-pull', 'image-never-pull', 'none', "can't start: image local.example/shop/testpage:0.9 is not on node node-15, and imagePullPolicy is Never"],
	['image-not-found', 'image-not-found', 'none', "can't pull image registry.example/shop/testpage:9.9: not found"],
	['image-platform', 'image-platform', 'none', "can't pull image arm.example/shop/testpage:0.9: it is not built for the node's platform"],
	['image-rate-limit', 'image-rate-limit', 'doubtful', "can't pull image busy.example/shop/testpage:0.9: the registry's rate limit is reached"],
	['image-slow', 'image-pull-slow', 'waits', 'still pulls image slow.example/shop/testpage:0.9'],
	['image-unauthorised', 'image-unauthorised', 'none', "can't pull image private.example/shop/testpage:0.9: not found or no access"],
	['init-container-fails', 'crash-loop', 'none', 'init container migrate crashes again and again: exit code 3, at its start (2 restarts)'],
	['init-container-never-ends', 'init-container-slow', 'waits', 'still waits for init container wait-for-db to end'],
	['init-image-not-found', 'image-not-found', 'none', "can't pull image registry.example/shop/migrate:9 of init container migrate: not found"],
	['liveness-kills', 'liveness-kills', 'doubtful', 'container shop is killed by its liveness probe GET :8080/, which answered 500'],
	['old-pods-unhealthy', 'image-not-found', 'none', "can't pull image registry.example/shop/testpage:9.9: not found"],
	['out-of-memory', 'out-of-memory', 'doubtful', 'container shop was killed at its start: it used more memory than its limit of 100Mi (1 restart)'],
	['post-start-hook-fails', 'post-start-hook', 'doubtful', 'container shop is killed because its postStart hook fails'],
	['readiness-404', 'readiness-probe-fails', 'likely', 'is not ready: readiness probe GET :8080/healthz answered 404'],
	['readiness-500', 'readiness-probe-fails', 'doubtful', 'is not ready: readiness probe GET :8080/ answered 500 (4 times in 2s) after it had been ready'],
	[
		'readiness-command',
		'readiness-probe-fails',
		'likely',
		"is not ready: readiness probe exec cat /tmp/ready failed: cat: can't open '/tmp/ready': No such file or directory",
	],
	['readiness-gate', 'readiness-gate', 'waits', 'is not ready: its containers are, but readiness gate example.com/warm is not True'],
	['readiness-in-grace', 'not-ready-yet', 'waits', 'is not ready: readiness probe GET :8080/ is not asked yet (initialDelaySeconds 120)'],
	['readiness-refused', 'readiness-probe-fails', 'likely', 'is not ready: readiness probe GET :9090/ got connection refused'],
	['readiness-tcp-refused', 'readiness-probe-fails', 'likely', 'is not ready: readiness probe TCP :9090 got connection refused'],
	['readiness-timeout', 'readiness-probe-fails', 'likely', 'is not ready: readiness probe GET :8080/ timed out'],
	['registry-refuses', 'image-registry-unreachable', 'doubtful', "can't pull image down.example/shop/testpage:0.9: the registry refuses connections"],
	['registry-timeout', 'image-registry-unreachable', 'doubtful', "can't pull image far.example/shop/testpage:0.9: the registry does not answer"],
	['registry-unknown', 'image-registry-unreachable', 'doubtful', "can't pull image nowhere.example/shop/testpage:0.9: the registry's name does not resolve"],
	['registry-untrusted', 'image-certificate', 'none', "can't pull image untrusted.example/shop/testpage:0.9: the registry's certificate is not trusted"],
	['scheduling-gate', 'scheduling-gate', 'waits', 'is held back by scheduling gate example.com/approved'],
	['secret-key-missing', 'config-missing', 'doubtful', 'container shop needs key nope of Secret "keys", which does not have it'],
	['secret-missing', 'config-missing', 'doubtful', 'container shop needs Secret "nope", which does not exist'],
	['sidecar-crashes', 'crash-loop', 'doubtful', 'sidecar proxy crashes again and again: exit code 2, at its start (1 restart)'],
	['sidecar-not-started', 'startup-probe-fails', 'likely', 'sidecar proxy has not started yet: startup probe exec false failed (3 times in 2s)'],
	[
		'startup-probe-fails',
		'startup-probe-fails',
		'doubtful',
		'container shop is killed because its startup probe GET :9090/ did not succeed in 2s: it got connection refused (2 restarts)',
	],
	['node-lost', 'node-lost', 'doubtful', 'runs on node node-17, which does not answer any more'],
	['sidecar-startup-probe', 'startup-probe-fails', 'likely', 'sidecar proxy has not started yet: startup probe exec false failed'],
	['terminating-finalizer', 'terminating-finalizer', 'doubtful', 'has ended but stays: finalizer example.com/backup holds it'],
	['terminating-long-grace', 'terminating-long-grace', 'waits', 'may take 10m to end (its grace period)'],
	['unschedulable-claim', 'volume-missing', 'doubtful', 'needs PersistentVolumeClaim "data", which does not exist'],
	['unschedulable-cpu', 'unschedulable', 'doubtful', 'fits on none of 3 nodes: not enough cpu on 2, a taint that it does not tolerate on 1'],
	['unschedulable-memory', 'unschedulable', 'doubtful', 'fits on none of 3 nodes: not enough memory on 2, a taint that it does not tolerate on 1'],
	['unschedulable-selector', 'unschedulable', 'doubtful', 'fits on none of 3 nodes: other labels than it wants on 2, a taint that it does not tolerate on 1'],
	['unschedulable-taint', 'unschedulable', 'doubtful', 'fits on none of 3 nodes: other labels than it wants on 2, a taint that it does not tolerate on 1'],
	['volume-config-map-missing', 'volume-missing', 'likely', 'needs ConfigMap "nope" for volume "config", which does not exist'],
	['volume-secret-key-missing', 'volume-missing', 'likely', 'needs key nope for volume "config", which its Secret does not have'],
];

it.each(said)('what a real control plane shows of %s is told in one sentence', (situation, kind, hope, message) => {
	const [worst] = findings(recorded(situation)).filter(({object}) => object.kind === 'Pod');
	expect(worst).toMatchObject({kind, hope, message, count: expect.any(Number)});
	expect(worst?.advice ?? (hope === 'waits' ? '' : undefined)).toBeTypeOf('string');
});

/** Situations in which no pod is to blame. */
const ofTheRollout: readonly string[] = ['admission-policy', 'limit-range', 'min-ready-seconds', 'paused-half-way', 'pod-security', 'quota', 'scaled-to-zero'];

it.each(ofTheRollout)('no pod is blamed for %s', situation => {
	expect(findings(recorded(situation)).filter(({object}) => object.kind === 'Pod')).toEqual([]);
});

it('says something of every recorded situation', () => {
	// The deadline belongs to the rollout, and so may what is recorded later: but each that is here has been looked at.
	const looked = new Set([...said.map(([situation]) => situation), ...ofTheRollout]);
	expect(recordedSituations.filter(situation => findings(recorded(situation)).length === 0 && !looked.has(situation))).toEqual([]);
});

it.each<[situation: string, laterSeconds: number, hope: Hope, reason: string]>([
	['config-map-missing', 5, 'doubtful', 'things are applied together in any order'],
	['config-map-missing', 60, 'none', 'nobody brought it'],
	['readiness-refused', 0, 'likely', 'its probe may fail so often'],
	['readiness-refused', 60, 'doubtful', 'its probe has been patient'],
	['readiness-in-grace', 60, 'waits', 'its probe is not asked yet'],
	['readiness-in-grace', 600, 'doubtful', 'nobody has said that it failed, but its time is over'],
	['volume-config-map-missing', 60, 'none', 'volumes are tried again and again'],
])('gives up on %s %is later or not: %s, since %s', (situation, laterSeconds, hope) => {
	expect(findings(recorded(situation, laterSeconds))[0]?.hope).toBe(hope);
});
