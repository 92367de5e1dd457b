import {describe, expect, it} from 'vitest';
import type {K8sEvent} from '../../../src/domain/k8s-event.ts';
import {type LogTails, logTailKey} from '../../../src/domain/log-tail.ts';
import type {ContainerStatus, Pod, Termination} from '../../../src/domain/pod.ts';
import type {Finding} from '../../../src/domain/why/finding.ts';
import type {FindingKind} from '../../../src/domain/why/finding-kind.ts';
import {
	condition,
	containerSpec,
	ended,
	k8sEvent,
	pod,
	probe,
	replicaSet,
	running,
	start,
	status,
	termination,
	waitingFor,
	workload,
} from '../cluster-objects.ts';
import {findings} from './findings-of-pods.ts';

const newSet = replicaSet('web-b', 1, 'app:v1', {desired: 3, available: 2});
const now = start + 60_000;

function found(change: Partial<Pod>, events: readonly K8sEvent[] = [], logTails?: LogTails, at = now): Finding | undefined {
	const pods = [pod('web-b-1', 'web-b', false, change)];
	return findings({workload: workload(), newReplicaSet: newSet, pods, events, now: at, ...(logTails === undefined ? {} : {logTails})})[0];
}

type Row = readonly [reason: string, change: Partial<Pod>, kind: FindingKind, message: string, events?: readonly K8sEvent[]];

function isSaid([, change, kind, message, events = []]: Row): void {
	expect(found(change, events)).toMatchObject({kind, message});
}

const table = (rows: readonly Row[]) => it.each(rows.map(row => [row[0], row] as const))('%s', (_reason, row) => isSaid(row));
const warning = (reason: string, message: string, change: Partial<K8sEvent> = {}) =>
	k8sEvent(reason, message, {type: 'Warning', lastAt: start + 50_000, ...change});
const container = (state: ContainerStatus['state'], change: Partial<ContainerStatus> = {}) => ({containerStatuses: [status(state, change)]});
const creating = {...container(waitingFor('ContainerCreating')), phase: 'Pending'};
const looping = (last: Partial<Termination>, change: Partial<ContainerStatus> = {}) =>
	container(waitingFor('CrashLoopBackOff', 'back-off 20s restarting failed container=app pod=web-b-1_prod(web-b-1)'), {
		restartCount: 2,
		lastTermination: termination(last),
		...change,
	});
const pulling = (message: string, reason = 'ErrImagePull') => container(waitingFor(reason, message));

describe('of an image it is said', () => {
	const pull = (reason: string, message: string, kind: FindingKind, why: string): Row => [reason, pulling(message), kind, `can't pull image app:v1: ${why}`];
	table([
		pull(
			'by docker, whose words name the platform',
			'rpc error: code = Unknown desc = no matching manifest for linux/arm64/v8 in the manifest list entries',
			'image-platform',
			'it is not built for linux/arm64/v8',
		),
		pull(
			'by cri-o, too',
			'choosing image instance: no image found in image index for architecture "s390x", variant "", OS "linux"',
			'image-platform',
			'it is not built for s390x',
		),
		pull(
			'that nobody logged in',
			'failed to resolve reference: pull access: no basic auth credentials',
			'image-unauthorised',
			"the registry does not accept the node's login",
		),
		pull('that a certificate is old', 'x509: certificate has expired or is not yet valid', 'image-certificate', "the registry's certificate has expired"),
		pull('that TLS is missing', 'http: server gave HTTP response to HTTPS client', 'image-registry-unreachable', 'the registry answers without TLS'),
		pull(
			'that the registry is broken',
			'unexpected status from HEAD request: 503 Service Unavailable',
			'image-registry-unreachable',
			'the registry has an error',
		),
		pull('that the line is bad', 'httpReadSeeker: failed open: unexpected EOF', 'image-registry-unreachable', 'the registry broke the connection off'),
		pull('that no way leads there', 'dial tcp 10.9.0.1:443: connect: no route to host', 'image-registry-unreachable', 'the node has no route to the registry'),
		pull('that the node has no room', 'write /var/lib/containerd/x: no space left on device', 'image-pull-failed', "the node's disk is full"),
		pull('that the kubelet itself slows down', 'pull QPS exceeded', 'image-rate-limit', 'the node pulls too many images at once'),
		[
			'that nobody signed it',
			pulling(
				'image pull failed for app:v1 because the signature validation failed: Source image rejected: a signature was required',
				'SignatureValidationFailed',
			),
			'image-signature',
			"can't pull image app:v1: its signature is not accepted",
		],
		[
			'by an event, where the back-off of an old cluster says nothing',
			pulling('Back-off pulling image "app:v1"', 'ImagePullBackOff'),
			'image-not-found',
			"can't pull image app:v1: not found",
			[warning('Failed', 'Failed to pull image "app:v1": rpc error: code = NotFound desc = docker.io/library/app:v1: not found')],
		],
		[
			'without taking words of its name for the registry’s',
			{...pulling('failed to resolve image: docker.io/forbidden-not-found:x509: odd'), containers: [containerSpec({image: 'forbidden-not-found:x509'})]},
			'image-pull-failed',
			"can't pull image forbidden-not-found:x509: failed to resolve image: docker.io/forbidden-not-found:x509: odd",
		],
	]);
});

describe('of a container that ends it is said', () => {
	const log = (...lines: readonly string[]): LogTails =>
		new Map([[logTailKey('web-b-1', 'app'), {podUid: 'web-b-1', container: 'app', previous: true, lines}]]);
	const again = (how: string) => `container app crashes again and again: ${how}, 1s after its start (2 restarts)`;
	table([
		['that it was killed', looping({exitCode: 137}), 'crash-loop', again('exit code 137 (SIGKILL)')],
		['that it was asked to end', looping({exitCode: 143}), 'crash-loop', again('exit code 143 (SIGTERM)')],
		['that its memory was wrong', looping({exitCode: 139}), 'crash-loop', again('exit code 139 (SIGSEGV, a memory fault)')],
		['that its CPU is too old', looping({exitCode: 132}), 'crash-loop', again('exit code 132 (SIGILL, an instruction that the CPU does not know)')],
		['that a script misses a command', looping({exitCode: 127}), 'crash-loop', again('exit code 127 (a command was not found)')],
		['that a script may not run a command', looping({exitCode: 126}), 'crash-loop', again('exit code 126 (a command could not be run)')],
		[
			'that it lived for a while',
			looping({exitCode: 1, startedAt: start - 300_000, finishedAt: start + 10_000}),
			'crash-loop',
			'container app crashes again and again: exit code 1, 5m10s after its start (2 restarts)',
		],
		[
			'that nobody saw it',
			looping({exitCode: 137, reason: 'ContainerStatusUnknown', message: 'The container could not be located when the pod was deleted.', startedAt: undefined}),
			'crash-loop',
			'container app crashes again and again: nobody saw its end, the node may have restarted (2 restarts)',
		],
		[
			'that it used too much memory',
			{...looping({exitCode: 137, reason: 'OOMKilled'}), containers: [containerSpec({memoryLimit: '64Mi'})]},
			'out-of-memory',
			'container app was killed 1s after its start: it used more memory than its limit of 64Mi (2 restarts)',
		],
		[
			'that its command is not in the image, in docker’s words',
			looping({
				exitCode: 127,
				reason: 'ContainerCannotRun',
				message: 'failed to create task for container: OCI runtime create failed: exec: "serve": executable file not found in $PATH: unknown',
				startedAt: 0,
			}),
			'command-not-found',
			'container app can\'t start: its command "serve" does not exist in the image (2 restarts)',
		],
		[
			'that its hook fails, which only an event tells',
			looping({exitCode: 137}),
			'post-start-hook',
			'container app is killed because its postStart hook fails (2 restarts)',
			[warning('FailedPostStartHook', 'PostStartHook failed')],
		],
		[
			'that its liveness probe had it killed',
			{...looping({exitCode: 137, finishedAt: start + 51_000}), containers: [containerSpec({livenessProbe: probe('GET :8080/live')})]},
			'liveness-kills',
			'container app is killed by its liveness probe GET :8080/live, which answered 500 (2 restarts)',
			[
				warning('Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500'),
				k8sEvent('Killing', 'Container app failed liveness probe, will be restarted', {lastAt: start + 50_000}),
			],
		],
		[
			'nothing of a liveness probe of a life before',
			looping({exitCode: 1, startedAt: start + 51_000, finishedAt: start + 52_000}),
			'crash-loop',
			again('exit code 1'),
			[k8sEvent('Killing', 'Container app failed liveness probe, will be restarted', {lastAt: start + 50_000})],
		],
		[
			'that it crashes, also in the seconds in which it runs',
			{
				...container({kind: 'running', startedAt: start + 50_000}, {restartCount: 2, lastTermination: termination()}),
				containers: [containerSpec({readinessProbe: probe('GET :8080/')})],
			},
			'crash-loop',
			again('exit code 1'),
		],
		[
			'that it is killed, also in the seconds in which it is ready',
			{
				...container({kind: 'running', startedAt: start + 40_000}, {ready: true}),
				conditions: [condition('Ready', 'True', {lastTransitionAt: start})],
				containers: [containerSpec({livenessProbe: probe('GET :8080/live')})],
			},
			'liveness-kills',
			'container app is killed by its liveness probe GET :8080/live',
			[k8sEvent('Killing', 'Container app failed liveness probe, will be restarted', {lastAt: start + 50_000})],
		],
	]);

	it('when it is tried again', () => {
		expect(found(looping({finishedAt: start + 50_000}))).toMatchObject({next: {what: 'retry', at: start + 70_000}, container: {name: 'app', previous: true}});
		const minutes = waitingFor('CrashLoopBackOff', 'back-off 2m40s restarting failed container=app pod=x');
		expect(found(looping({finishedAt: start + 50_000}, {state: minutes}))?.next).toEqual({what: 'retry', at: start + 50_000 + 160_000});
	});

	it('what its log said last, which says more than its termination message', () => {
		const told = looping({message: 'see the log'});
		expect(found(told, [], log('starting', 'Error: no such table: orders', ''))?.quote).toBe('its last line: Error: no such table: orders');
		expect(found(told)?.quote).toBe('its last words: see the log');
		expect(found(looping({}))?.quote).toBeUndefined();
	});

	it('that its program is for another platform, by its log', () => {
		const tails = log('exec /usr/local/bin/app: exec format error');
		expect(found(looping({exitCode: 255}), [], tails)).toMatchObject({
			kind: 'image-platform',
			hope: 'none',
			message: "container app can't start: its program is for another platform than the node's (exec format error) (2 restarts)",
		});
	});

	it('no more after it has run for longer than it ever did', () => {
		const calm = container({kind: 'running', startedAt: start}, {restartCount: 2, lastTermination: termination()});
		expect(found(calm, [], undefined, start + 29_999)?.kind).toBe('crash-loop');
		expect(found(calm, [], undefined, start + 30_000)?.kind).not.toBe('crash-loop');
	});
});

describe('of a container that can’t start it is said', () => {
	const cannot = (reason: string, waiting: string, message: string, kind: FindingKind, why: string): Row => [
		reason,
		container(waitingFor(waiting, message)),
		kind,
		`container app can't start: ${why}`,
	];
	const runc =
		'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';
	table([
		cannot(
			'that its command may not run',
			'RunContainerError',
			`${runc}error during container init: exec: "/app/run.sh": permission denied: unknown`,
			'command-not-found',
			'its command "/app/run.sh" may not be executed',
		),
		cannot(
			'that its command is a folder',
			'RunContainerError',
			`${runc}exec: "/app": is a directory: unknown`,
			'command-not-found',
			'its command "/app" is a folder',
		),
		cannot(
			'by crun',
			'CreateContainerError',
			'container create failed: executable file `serve` not found in $PATH: No such file or directory',
			'command-not-found',
			'its command "serve" does not exist in the image',
		),
		cannot(
			'that it has no command',
			'CreateContainerError',
			'failed to generate container spec: no command specified',
			'command-not-found',
			'its image names no command, and the pod gives none',
		),
		cannot(
			'that its user is not in the image',
			'RunContainerError',
			`${runc}unable to find user app: no matching entries in passwd file`,
			'container-cannot-start',
			'user "app" does not exist in the image',
		),
		cannot(
			'that it may not be root',
			'CreateContainerConfigError',
			'container has runAsNonRoot and image will run as root (pod: "web-b-1_prod(1)", container: app)',
			'container-cannot-start',
			'it may not run as root (runAsNonRoot), and its image does',
		),
		cannot(
			'that its user has no number',
			'CreateContainerConfigError',
			'container has runAsNonRoot and image has non-numeric user (nginx), cannot verify user is non-root (pod: "web-b-1_prod(1)", container: app)',
			'container-cannot-start',
			'its image\'s user "nginx" has no number, which runAsNonRoot wants',
		),
		cannot(
			'that a volume does not fit',
			'RunContainerError',
			`${runc}error during container init: error mounting "/var/lib/kubelet/x" to rootfs at "/etc/app.conf": not a directory`,
			'container-cannot-start',
			"its volume can't be mounted at /etc/app.conf",
		),
		cannot(
			'that it has too little memory',
			'RunContainerError',
			`${runc}container init was OOM-killed (memory limit too low?)`,
			'container-cannot-start',
			'its memory limit is too low to start it at all',
		),
		cannot(
			'that the node is slow',
			'CreateContainerError',
			'context deadline exceeded',
			'container-cannot-start',
			"the node's container runtime does not answer",
		),
		cannot('what the runtime says', 'CreateContainerError', `${runc}strange things`, 'container-cannot-start', 'CreateContainerError: strange things'),
		cannot('by its reason, where nothing more is known', 'PreStartHookError', '', 'container-cannot-start', 'PreStartHookError'),
	]);
});

describe('of what a node prepares it is said', () => {
	const told = (reason: string, eventReason: string, message: string, kind: FindingKind, sentence: string): Row => [
		reason,
		creating,
		kind,
		sentence,
		[warning(eventReason, message)],
	];
	table([
		told(
			'that another node has the volume',
			'FailedAttachVolume',
			'Multi-Attach error for volume "pvc-1" Volume is already exclusively attached to one node and can\'t be attached to another',
			'volume-multi-attach',
			'waits for volume "pvc-1", which is still attached to another node',
		),
		told(
			'which pods have it',
			'FailedAttachVolume',
			'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) web-a-1, web-a-2',
			'volume-multi-attach',
			'waits for volume "pvc-1", which is still used by web-a-1, web-a-2 on another node',
		),
		told(
			'that nothing is known but the wait',
			'FailedMount',
			'Unable to attach or mount volumes: unmounted volumes=[data tmp], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
			'volume-not-mounted',
			'still waits for volumes data, tmp to be mounted',
		),
		told(
			'what the driver says',
			'FailedMount',
			'MountVolume.MountDevice failed for volume "pvc-1" : rpc error: code = Internal desc = format of disk failed: exit status 1',
			'volume-not-mounted',
			'can\'t mount volume "pvc-1": format of disk failed: exit status 1',
		),
		told(
			'that the network does not come',
			'FailedCreatePodSandBox',
			`Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${'a1'.repeat(32)}": plugin type="calico" failed (add): unauthorized`,
			'network-not-ready',
			'can\'t start: its network is not made: plugin type="calico" failed (add): unauthorized',
		),
		told(
			'that addresses are used up',
			'FailedCreatePodSandBox',
			'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to allocate for range 0: no IP addresses available in range set',
			'network-not-ready',
			"can't start: the network has no address left for it",
		),
		told(
			'that not even the sandbox comes',
			'FailedCreatePodSandBox',
			'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.example/pause:3.10": not found',
			'network-not-ready',
			"can't start: its node can't pull the sandbox image registry.example/pause:3.10",
		),
		told(
			'that the runtime is not there',
			'FailedCreatePodSandBox',
			'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "gvisor" is configured',
			'container-cannot-start',
			'can\'t start: its node has no runtime "gvisor"',
		),
		told(
			'that the node has no network yet',
			'NetworkNotReady',
			'network is not ready: container runtime network not ready: NetworkReady=false',
			'network-not-ready',
			"can't start: its node's network is not ready",
		),
		told(
			'what else it says',
			'FailedKillPod',
			'error killing pod',
			'containers-not-created',
			'still waits for its containers to be created: FailedKillPod: error killing pod',
		),
		[
			'what is missing, though that it timed out was said later',
			creating,
			'volume-missing',
			'needs Secret "web-tls" for volume "tls", which does not exist',
			[
				warning('FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found', {lastAt: start + 10_000}),
				warning('FailedMount', 'Unable to attach or mount volumes: unmounted volumes=[tls]: context deadline exceeded'),
			],
		],
		[
			'nothing of what is past',
			creating,
			'image-pull-slow',
			'still pulls image app:v1',
			[
				warning('FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found', {lastAt: start + 10_000}),
				k8sEvent('Pulling', 'Pulling image "app:v1"', {lastAt: start + 20_000}),
			],
		],
	]);
});

describe('of a pod that no node takes it is said', () => {
	const unscheduled = (message: string) => ({
		conditions: [condition('PodScheduled', 'False', {reason: 'Unschedulable', message, lastTransitionAt: start})],
		containerStatuses: [],
		nodeName: undefined,
	});
	const row = (reason: string, message: string, sentence: string): Row => [reason, unscheduled(message), 'unschedulable', sentence];
	const tail = ' preemption: 0/5 nodes are available: 5 No preemption victims found for incoming pod.';
	table([
		row(
			'what is short on how many',
			`0/5 nodes are available: 1 Insufficient memory, 2 Insufficient cpu, 2 Too many pods.${tail}`,
			'fits on none of 5 nodes: not enough cpu on 2, the limit of pods reached on 2, not enough memory on 1',
		),
		row(
			'which taint, where the scheduler says',
			`0/5 nodes are available: 5 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.${tail}`,
			'fits on none of 5 nodes: taint node-role.kubernetes.io/control-plane on 5',
		),
		row(
			'shortly where there is but one',
			"0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. no new claims to deallocate, preemption: not eligible.",
			'does not fit on the only node: its host port taken',
		),
		row(
			'whom it must not meet',
			"0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
			'fits on none of 3 nodes: a pod that it may not be next to on 3',
		),
		row(
			'that it is to be spread',
			"0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.",
			'fits on none of 3 nodes: too many of its kind already (topology spread) on 3',
		),
		row(
			'that its volume is elsewhere',
			"0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity.",
			'fits on none of 3 nodes: out of reach of its volume on 2, closed to new pods (cordoned) on 1',
		),
		row('that a device is short', '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.', 'fits on none of 3 nodes: not enough nvidia.com/gpu on 3'),
		row(
			'that its claim is empty',
			'0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: not helpful.',
			"can't be scheduled: its PersistentVolumeClaim has no volume yet",
		),
		row('that there is none', 'no nodes available to schedule pods', "can't be scheduled: the cluster has no node for pods"),
		row('what is new to us', '0/3 nodes are available: 3 node(s) had a bad day.', 'fits on none of 3 nodes: node(s) had a bad day on 3'),
		row('what another scheduler says', 'no quota in queue batch', "can't be scheduled: no quota in queue batch"),
		[
			'that one is on its way',
			unscheduled('0/3 nodes are available: 3 Insufficient cpu.'),
			'unschedulable',
			'fits on none of 3 nodes: not enough cpu on 3; the cluster is adding a node for it',
			[k8sEvent('TriggeredScaleUp', 'pod triggered scale-up: [{pool 3->4 (max: 9)}]', {lastAt: start + 10_000})],
		],
	]);
});

describe('of a pod that has ended it is said', () => {
	const failed = (reason: string, message: string) => ({phase: 'Failed', reason, message, containerStatuses: []});
	table([
		[
			'that memory was short',
			failed('Evicted', 'The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. '),
			'evicted',
			'was evicted: its node was low on memory',
		],
		['that a node was in trouble', failed('Evicted', 'The node had condition: [DiskPressure]. '), 'evicted', 'was evicted: its node had DiskPressure'],
		[
			'that it wrote too much',
			failed('Evicted', 'Container app exceeded its local ephemeral storage limit "1Gi". '),
			'evicted',
			'was evicted: it wrote more than its limit of 1Gi of ephemeral storage',
		],
		[
			'that its volume grew',
			failed('Evicted', 'Usage of EmptyDir volume "cache" exceeds the limit "1Gi". '),
			'evicted',
			'was evicted: its volume "cache" grew over its limit',
		],
		[
			'that its node had no room after all',
			failed('OutOfcpu', "Pod was rejected: Node didn't have enough resource: cpu"),
			'pod-ended',
			'was refused by its node: not enough cpu left',
		],
		[
			'that labels moved',
			failed('NodeAffinity', 'Pod was rejected: Predicate NodeAffinity failed'),
			'pod-ended',
			"was refused by its node: the node's labels do not fit any more",
		],
		[
			'that its node went down',
			failed('Terminated', 'Pod was terminated in response to imminent node shutdown.'),
			'pod-ended',
			'has ended: its node was shut down',
		],
		[
			'that another was more important',
			failed('Preempting', 'Preempted in order to admit critical pod'),
			'pod-ended',
			'was ended to make room for a more important pod',
		],
		[
			'that its time was over',
			failed('DeadlineExceeded', 'Pod was active on the node longer than the specified deadline'),
			'pod-ended',
			'has ended: its activeDeadlineSeconds are over',
		],
		['how', {phase: 'Failed', ...container(ended({exitCode: 3}))}, 'pod-ended', 'has ended (Failed): container app with exit code 3'],
	]);
});

describe('of a pod that does not end it is said', () => {
	const told = {deletedAt: start, deletionGraceSeconds: 0};
	table([
		[
			'who holds it',
			{...told, finalizers: ['example.com/backup'], ...container(ended({exitCode: 0}))},
			'terminating-finalizer',
			'has ended but stays: finalizer example.com/backup holds it',
		],
		['that its node is silent', told, 'terminating-overdue', 'should have ended: its grace period is over and node node-1 does not say so'],
		['that it may take long', {deletedAt: start + 570_000, deletionGraceSeconds: 600}, 'terminating-long-grace', 'may take 10m to end (its grace period)'],
	]);

	it('nothing within the usual grace, also of long ones, and of old pods the same as of new ones', () => {
		expect(found({deletedAt: now + 20_000, deletionGraceSeconds: 30})).toBeUndefined();
		expect(found({deletedAt: now + 35_000, deletionGraceSeconds: 60})).toBeUndefined();
		expect(found({deletedAt: now + 25_000, deletionGraceSeconds: 60})).toMatchObject({hope: 'waits', next: {what: 'killed', at: now + 25_000}});
		const old = pod('web-a-1', 'web-a', true, {...told, labels: {'pod-template-hash': 'a'}});
		expect(findings({workload: workload(), newReplicaSet: newSet, pods: [old], events: [], now})[0]?.object.name).toBe('web-a-1');
	});
});

describe('of a pod that is not ready it is said', () => {
	const answers = (text: string, change: Partial<K8sEvent> = {}) => [warning('Unhealthy', `Readiness probe failed: ${text}`, change)];
	const lost = {
		...container(running, {ready: true}),
		conditions: [condition('Ready', 'False', {lastTransitionAt: start + 50_000})],
	};
	table([
		[
			'that its node is lost, whose word for it is all there is',
			lost,
			'node-lost',
			'runs on node node-1, which does not answer any more',
			[warning('NodeNotReady', 'Node is not ready')],
		],
		['that its node is lost, in the words of old', {phase: 'Unknown', reason: 'NodeLost'}, 'node-lost', 'runs on node node-1, which does not answer any more'],
		[
			'that a service says no',
			{containers: [containerSpec({readinessProbe: probe('gRPC :9000')})]},
			'readiness-probe-fails',
			'is not ready: readiness probe gRPC :9000 was told NOT_SERVING',
			answers('service unhealthy (responded with "NOT_SERVING")'),
		],
		[
			'which of its containers, and that it was ready before',
			{
				conditions: [condition('Ready', 'False', {lastTransitionAt: start + 30_000})],
				containers: [containerSpec({readinessProbe: probe('GET :8080/')}), containerSpec({name: 'cache'})],
			},
			'readiness-probe-fails',
			'is not ready: readiness probe GET :8080/ of container app answered 503 after it had been ready',
			answers('HTTP probe failed with statuscode: 503'),
		],
		[
			'that a sidecar is not',
			{
				initContainers: [containerSpec({name: 'proxy', sidecar: true, readinessProbe: probe('GET :15021/ready')})],
				initContainerStatuses: [status(running, {name: 'proxy', started: true})],
				...container(running, {ready: true}),
			},
			'readiness-probe-fails',
			'is not ready: readiness probe GET :15021/ready of sidecar proxy got connection refused',
			answers('Get "http://10.1.0.1:15021/ready": dial tcp 10.1.0.1:15021: connect: connection refused'),
		],
	]);
});
