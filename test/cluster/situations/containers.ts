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

const crash = (name: string, script: string, exitCode: number, says: RegExp, kind = 'crash-loop'): Situation => ({
	name,
	kind,
	says,
	change: {container: shell(script)},
	evidence: all(waits('CrashLoopBackOff'), ended(exitCode)),
});

const config = (name: string, change: Change, message: RegExp, says: RegExp, objects: readonly object[] = []): Situation => ({
	name,
	kind: 'config-missing',
	says,
	objects,
	change,
	evidence: waits('CreateContainerConfigError', message),
});

/** Containers that do not start, or do not stay. */
export const containerSituations: readonly Situation[] = [
	crash('crash-exit-code', 'echo "config: missing key port"; sleep 0.2; exit 3', 3, /exit(s|ed)? .*3/),
	crash('crash-segfault', 'sleep 0.2; exit 139', 139, /139|SIGSEGV|signal 11/),
	crash('crash-at-once', 'exit 1', 1, /exit(s|ed)? .*1/),
	crash('crash-exit-zero', 'echo done; exit 0', 0, /ends without an error/, 'container-completes'),
	{
		name: 'out-of-memory',
		kind: 'out-of-memory',
		says: /memory/i,
		change: {container: {image: 'polinux/stress', args: ['stress', '--vm', '1', '--vm-bytes', '250M'], resources: {limits: {memory: '100Mi'}}}},
		evidence: ended(137, /OOMKilled/),
	},
	{
		name: 'command-not-found',
		kind: 'command-not-found',
		says: /\/app\/server/,
		change: {container: {image: 'busybox', command: ['/app/server']}},
		evidence: all(waits('RunContainerError'), ended(128, /StartError/)),
	},
	{
		name: 'command-not-in-path',
		kind: 'command-not-found',
		says: /serve/,
		change: {container: {image: 'busybox', command: ['serve']}},
		evidence: all(waits('CrashLoopBackOff'), ended(128, /StartError/)),
	},
	config(
		'config-map-missing',
		envFrom({configMapKeyRef: {name: 'nope', key: 'greeting'}}),
		/configmap "nope" not found/i,
		/ConfigMap "nope", which does not exist/,
	),
	config(
		'config-map-key-missing',
		envFrom({configMapKeyRef: {name: 'words', key: 'nope'}}),
		/couldn't find key nope in ConfigMap \S*words/,
		/key nope of ConfigMap "words"/,
		[configMap],
	),
	config('secret-missing', envFrom({secretKeyRef: {name: 'nope', key: 'user'}}), /secret "nope" not found/i, /Secret "nope", which does not exist/),
	config('secret-key-missing', envFrom({secretKeyRef: {name: 'keys', key: 'nope'}}), /couldn't find key nope in Secret \S*keys/, /key nope of Secret "keys"/, [
		secret,
	]),
	{
		name: 'volume-config-map-missing',
		kind: 'volume-missing',
		says: /ConfigMap "nope".*does not exist/,
		change: mounting({configMap: {name: 'nope'}}),
		evidence: told('FailedMount'),
	},
	{
		name: 'volume-secret-key-missing',
		kind: 'volume-missing',
		says: /key nope.*Secret does not have/,
		objects: [secret],
		change: mounting({secret: {secretName: 'keys', items: [{key: 'nope', path: 'nope'}]}}),
		evidence: told('FailedMount'),
	},
	{
		name: 'post-start-hook-fails',
		kind: 'post-start-hook',
		says: /false|postStart|hook/i,
		change: {container: {...shell('sleep 600'), lifecycle: {postStart: {exec: {command: ['false']}}}}},
		evidence: all(waits('PostStartHookError'), told('FailedPostStartHook')),
	},
	{
		name: 'init-container-fails',
		kind: 'crash-loop',
		says: /migrate.*3/,
		change: {podSpec: {initContainers: [{name: 'migrate', ...shell('echo "no such table: orders"; exit 3')}]}},
		evidence: waits('CrashLoopBackOff'),
	},
	{
		name: 'init-container-never-ends',
		kind: 'init-container-slow',
		says: /wait-for-db/,
		change: {podSpec: {initContainers: [{name: 'wait-for-db', ...shell('echo waiting for db:5432; sleep 3600')}]}},
		evidence: runs('wait-for-db'),
		withinMs: 35_000,
	},
	{
		name: 'init-image-not-found',
		kind: 'image-not-found',
		says: /migrate:9.*not found/,
		change: {podSpec: {initContainers: [{name: 'migrate', image: 'registry.example/shop/migrate:9'}]}},
		evidence: waits('ErrImagePull'),
	},
	{
		name: 'sidecar-crashes',
		kind: 'crash-loop',
		says: /proxy.*2/,
		change: {podSpec: {initContainers: [{name: 'proxy', ...shell('echo "bad listener"; exit 2'), restartPolicy: 'Always'}]}},
		evidence: waits('CrashLoopBackOff'),
	},
	{
		name: 'sidecar-not-started',
		kind: 'sidecar-not-started',
		says: /proxy/,
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
