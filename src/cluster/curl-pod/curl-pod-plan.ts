import {dump} from 'js-yaml';
import {humanDuration} from '../../domain/human-duration.ts';
import type {CurlPodPlan} from '../../domain/mix/curl-pod-plan.ts';
import {type CurlPodSpec, curlPodManifest, shortestIntervalMs} from './manifest.ts';

function everyText(intervalMs: number): string {
	const ms = Math.max(shortestIntervalMs, intervalMs);
	return ms >= 1000 && ms % 1000 === 0 ? `every ${ms / 1000} s` : `every ${ms} ms`;
}

/** The plan of a pod. Nothing is sent. */
export function curlPodPlan(spec: CurlPodSpec): CurlPodPlan {
	const {name, namespace, image, requests, intervalMs, lifetimeMs} = spec;
	return {
		facts: [
			`a pod ${name} in namespace ${namespace}, image ${image}`,
			...requests.map(({method, url}) => `asks ${method} ${url} ${everyText(intervalMs)}`),
			`deleted when rollwatch stops sampling or ends; at the latest it ends by itself after ${humanDuration(lifetimeMs)}`,
		],
		yaml: dump(curlPodManifest(spec), {lineWidth: 160, noRefs: true}),
		command: `kubectl create -n ${namespace} -f -`,
	};
}
