import {all, podIs, told} from './evidence.ts';
import type {Situation} from './situation.ts';

const image = 'registry.example/shop/testpage:0.9';
const unready = (name: string, container: object, says: RegExp, message: RegExp): Situation => ({
	name,
	kind: 'readiness-probe-fails',
	says,
	change: {container: {image, ...container}},
	// A probe may fail a few times before it counts.
	evidence: all(told('Unhealthy', message), podIs('Ready', 'ContainersNotReady')),
});
const get = (path: string, port: number, more: object = {}) => ({httpGet: {path, port}, periodSeconds: 1, ...more});

/** Probes that fail, and what they do. */
export const probeSituations: readonly Situation[] = [
	unready(
		'readiness-500',
		{image: 'luksa/kubia:v3', readinessProbe: get('/', 8080)},
		/^is not ready: readiness probe GET :8080\/ answered 500( \(\d+ times( in \d+s)?\))? after it had been ready$/,
		/^Readiness probe failed: HTTP .*500$/,
	),
	unready(
		'readiness-404',
		{image: 'barnett/canarydemo:v2', readinessProbe: get('/healthz', 8080)},
		/^is not ready: readiness probe GET :8080\/healthz answered 404( \(\d+ times( in \d+s)?\))?$/,
		/404$/,
	),
	unready(
		'readiness-refused',
		{readinessProbe: get('/', 9090)},
		/^is not ready: readiness probe GET :9090\/ got connection refused( \(\d+ times( in \d+s)?\))?$/,
		/^Readiness .*connection refused$/,
	),
	unready(
		'readiness-tcp-refused',
		{readinessProbe: {tcpSocket: {port: 9090}, periodSeconds: 1}},
		/^is not ready: readiness probe TCP :9090 got connection refused( \(\d+ times( in \d+s)?\))?$/,
		/^Readiness .*connection refused$/,
	),
	unready(
		'readiness-timeout',
		{image: 'hang', readinessProbe: get('/', 8080)},
		/^is not ready: readiness probe GET :8080\/ timed out( \(\d+ times( in \d+s)?\))?$/,
		/^Readiness .*deadline exceeded/,
	),
	unready(
		'readiness-command',
		{image: 'busybox', command: ['sh', '-c', 'sleep 3600'], readinessProbe: {exec: {command: ['cat', '/tmp/ready']}, periodSeconds: 1}},
		/^is not ready: readiness probe exec cat \/tmp\/ready failed: cat: can't open '\/tmp\/ready': No such file or directory( \(\d+ times( in \d+s)?\))?$/,
		/^Readiness .*No such file/,
	),
	{
		name: 'liveness-kills',
		kind: 'liveness-kills',
		says: /^container shop is killed by its liveness probe GET :8080\/, which answered 500( \(\d restarts?\))?$/,
		change: {container: {image: 'luksa/kubia:v3', readinessProbe: null, livenessProbe: get('/', 8080, {failureThreshold: 2})}, spec: {minReadySeconds: 60}},
		evidence: all(told('Unhealthy', /^Liveness/), told('Killing', /liveness probe/)),
	},
	{
		name: 'startup-probe-fails',
		kind: 'startup-probe-fails',
		says: /^container shop is killed because its startup probe GET :9090\/ did not succeed in 2s: it got connection refused( \(\d restarts?\))?$/,
		change: {container: {image, startupProbe: get('/', 9090, {failureThreshold: 2}), readinessProbe: null}},
		evidence: all(told('Unhealthy', /^Startup/), told('Killing', /startup probe/)),
	},
	{
		name: 'readiness-in-grace',
		kind: 'not-ready-yet',
		says: 'is not ready: readiness probe GET :8080/ is not asked yet (initialDelaySeconds 120)',
		change: {container: {image, readinessProbe: get('/', 8080, {initialDelaySeconds: 120})}},
		evidence: ({pods}) => pods.some(({spec, status}) => spec.containers[0].readinessProbe?.initialDelaySeconds === 120 && status?.phase === 'Running'),
	},
];
