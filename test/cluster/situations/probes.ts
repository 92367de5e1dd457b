import {all, told} from './evidence.ts';
import type {Situation} from './situation.ts';

const image = 'registry.example/shop/testpage:0.9';
const unready = (name: string, container: object, says: RegExp, message: RegExp): Situation => ({
	name,
	kind: 'readiness-probe-fails',
	says,
	change: {container: {image, ...container}},
	evidence: told('Unhealthy', message),
});
const get = (path: string, port: number, more: object = {}) => ({httpGet: {path, port}, periodSeconds: 1, ...more});

/** Probes that fail, and what they do. */
export const probeSituations: readonly Situation[] = [
	unready('readiness-500', {image: 'luksa/kubia:v3', readinessProbe: get('/', 8080)}, /GET :8080\/ .*500/, /^Readiness probe failed: HTTP .*500$/),
	unready('readiness-404', {image: 'barnett/canarydemo:v2', readinessProbe: get('/healthz', 8080)}, /GET :8080\/healthz .*404/, /404$/),
	unready('readiness-refused', {readinessProbe: get('/', 9090)}, /9090.*refused/, /^Readiness .*connection refused$/),
	unready('readiness-tcp-refused', {readinessProbe: {tcpSocket: {port: 9090}, periodSeconds: 1}}, /9090.*refused/, /^Readiness .*connection refused$/),
	unready('readiness-timeout', {image: 'hang', readinessProbe: get('/', 8080)}, /GET :8080\/ .*(time|no answer)/i, /^Readiness .*deadline exceeded/),
	unready(
		'readiness-command',
		{image: 'busybox', command: ['sh', '-c', 'sleep 3600'], readinessProbe: {exec: {command: ['cat', '/tmp/ready']}, periodSeconds: 1}},
		/cat/,
		/^Readiness .*No such file/,
	),
	{
		name: 'liveness-kills',
		kind: 'liveness-kills',
		says: /liveness/,
		change: {container: {image: 'luksa/kubia:v3', readinessProbe: null, livenessProbe: get('/', 8080, {failureThreshold: 2})}, spec: {minReadySeconds: 60}},
		evidence: all(told('Unhealthy', /^Liveness/), told('Killing', /liveness probe/)),
	},
	{
		name: 'startup-probe-fails',
		kind: 'startup-probe-fails',
		says: /startup/,
		change: {container: {image, startupProbe: get('/', 9090, {failureThreshold: 2}), readinessProbe: null}},
		evidence: all(told('Unhealthy', /^Startup/), told('Killing', /startup probe/)),
	},
	{
		name: 'readiness-in-grace',
		kind: 'not-ready-yet',
		says: /./,
		change: {container: {image, readinessProbe: get('/', 8080, {initialDelaySeconds: 120})}},
		evidence: ({pods}) => pods.some(({spec, status}) => spec.containers[0].readinessProbe?.initialDelaySeconds === 120 && status?.phase === 'Running'),
	},
];
