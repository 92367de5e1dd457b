import {all, ended, runs, told, waits} from './evidence.ts';
import type {Change, Situation} from './situation.ts';

const shell = (script: string) => ({image: 'busybox', command: ['sh', '-c', script]});
const envFrom = (reference: object): Change => ({container: {env: [{name: 'GREETING', valueFrom: reference}]}});
const mounting = (volume: object): Change => ({
	podSpec: {volumes: [{name: 'config', ...volume}]},
	container: {image: 'registry.example/shop/testpage:0.9', volumeMounts: [{name: 'config', mountPath: '/etc/shop'}]},
});
const configMap = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'words'}, data: {greeting: 'hello'}};
const secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'keys'}, data: {user: 'aGFucw=='}};

const crash = (name: string, script: string, exitCode: number, says: RegExp): Situation => ({
	name,
	kind: 'crash-loop',
	says,
	change: {container: shell(script)},
	evidence: all(waits('CrashLoopBackOff'), ended(exitCode)),
});

const config = (name: string, change: Change, message: RegExp, says: string, objects: readonly object[] = []): Situation => ({
	name,
	kind: 'config-missing',
	says,
	objects,
	change,
	evidence: waits('CreateContainerConfigError', message),
});

/** Containers that do not start, or do not stay. */
export const containerSituations: readonly Situation[] = [
	crash(
		'crash-exit-code',
		'echo "config: missing key port"; sleep 0.2; exit 3',
		3,
		/^container shop crashes again and again: exit code 3, (at its start|1s after its start) \(\d restarts?\)$/,
	),
	crash(
		'crash-segfault',
		'sleep 0.2; exit 139',
		139,
		/^container shop crashes again and again: exit code 139 \(SIGSEGV, a memory fault\), (at its start|1s after its start) \(\d restarts?\)$/,
	),
	crash('crash-at-once', 'exit 1', 1, /^container shop crashes again and again: exit code 1, (at its start|1s after its start) \(\d restarts?\)$/),
	{
		...crash('crash-exit-zero', 'echo done; exit 0', 0, /^container shop ends without an error at its start: nothing keeps it running \(\d restarts?\)$/),
		kind: 'container-completes',
	},
	{
		name: 'out-of-memory',
		kind: 'out-of-memory',
		says: /^container shop was killed (1s after|at) its start: it used more memory than its limit of 100Mi \(\d restarts?\)$/,
		change: {container: {image: 'polinux/stress', args: ['stress', '--vm', '1', '--vm-bytes', '250M'], resources: {limits: {memory: '100Mi'}}}},
		evidence: ended(137, /OOMKilled/),
	},
	{
		name: 'command-not-found',
		kind: 'command-not-found',
		says: /^container shop can't start: its command "\/app\/server" does not exist in the image( \(\d restarts?\))?$/,
		change: {container: {image: 'busybox', command: ['/app/server']}},
		evidence: all(waits('RunContainerError'), ended(128, /StartError/)),
	},
	{
		name: 'command-not-in-path',
		kind: 'command-not-found',
		says: /^container shop can't start: its command "serve" does not exist in the image \(\d restarts?\)$/,
		change: {container: {image: 'busybox', command: ['serve']}},
		evidence: all(waits('CrashLoopBackOff'), ended(128, /StartError/)),
	},
	config(
		'config-map-missing',
		envFrom({configMapKeyRef: {name: 'nope', key: 'greeting'}}),
		/configmap "nope" not found/,
		'container shop needs ConfigMap "nope", which does not exist',
	),
	config(
		'config-map-key-missing',
		envFrom({configMapKeyRef: {name: 'words', key: 'nope'}}),
		/couldn't find key nope in ConfigMap \S*words/,
		'container shop needs key nope of ConfigMap "words", which does not have it',
		[configMap],
	),
	config(
		'secret-missing',
		envFrom({secretKeyRef: {name: 'nope', key: 'user'}}),
		/secret "nope" not found/,
		'container shop needs Secret "nope", which does not exist',
	),
	config(
		'secret-key-missing',
		envFrom({secretKeyRef: {name: 'keys', key: 'nope'}}),
		/couldn't find key nope in Secret \S*keys/,
		'container shop needs key nope of Secret "keys", which does not have it',
		[secret],
	),
	{
		name: 'volume-config-map-missing',
		kind: 'volume-missing',
		says: 'needs ConfigMap "nope" for volume "config", which does not exist',
		change: mounting({configMap: {name: 'nope'}}),
		evidence: told('FailedMount'),
	},
	{
		name: 'volume-secret-key-missing',
		kind: 'volume-missing',
		says: 'needs key nope for volume "config", which its Secret does not have',
		objects: [secret],
		change: mounting({secret: {secretName: 'keys', items: [{key: 'nope', path: 'nope'}]}}),
		evidence: told('FailedMount'),
	},
	{
		name: 'post-start-hook-fails',
		kind: 'post-start-hook',
		says: /^container shop is killed because its postStart hook fails( \(\d restarts?\))?$/,
		change: {container: {...shell('sleep 600'), lifecycle: {postStart: {exec: {command: ['false']}}}}},
		evidence: all(waits('PostStartHookError'), told('FailedPostStartHook')),
	},
	{
		name: 'init-container-fails',
		kind: 'crash-loop',
		says: /^init container migrate crashes again and again: exit code 3, at its start \(\d restarts?\)$/,
		lastLine: 'no such table: orders',
		change: {podSpec: {initContainers: [{name: 'migrate', ...shell('echo "no such table: orders"; exit 3')}]}},
		evidence: waits('CrashLoopBackOff'),
	},
	{
		name: 'init-container-never-ends',
		kind: 'init-container-slow',
		says: 'still waits for init container wait-for-db to end',
		change: {podSpec: {initContainers: [{name: 'wait-for-db', ...shell('echo waiting for db:5432; sleep 3600')}]}},
		evidence: runs('wait-for-db'),
		withinMs: 35_000,
	},
	{
		name: 'init-image-not-found',
		kind: 'image-not-found',
		says: "can't pull image registry.example/shop/migrate:9 of init container migrate: not found",
		change: {podSpec: {initContainers: [{name: 'migrate', image: 'registry.example/shop/migrate:9'}]}},
		evidence: waits('ErrImagePull'),
	},
	{
		name: 'sidecar-crashes',
		kind: 'crash-loop',
		says: /^sidecar proxy crashes again and again: exit code 2, at its start \(\d restarts?\)$/,
		change: {podSpec: {initContainers: [{name: 'proxy', ...shell('echo "bad listener"; exit 2'), restartPolicy: 'Always'}]}},
		evidence: waits('CrashLoopBackOff'),
	},
	{
		name: 'sidecar-startup-probe',
		kind: 'startup-probe-fails',
		says: /^sidecar proxy has not started yet: startup probe exec false failed( \(\d times( in \d+s)?\))?$/,
		change: {
			podSpec: {
				initContainers: [
					{name: 'proxy', ...shell('sleep 3600'), restartPolicy: 'Always', startupProbe: {exec: {command: ['false']}, periodSeconds: 1, failureThreshold: 600}},
				],
			},
		},
		evidence: all(runs('proxy'), told('Unhealthy', /^Startup probe/)),
	},
];
