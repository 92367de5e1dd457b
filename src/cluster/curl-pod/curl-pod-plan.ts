import {dump} from 'js-yaml';
import {humanDuration} from '../../domain/human-duration.ts';
import {type CurlPodSpec, curlPodManifest, shortestIntervalMs} from './manifest.ts';

/** What would be created, for the person who is to agree to it. */
export type CurlPodPlan = {
	/** One line each: what, how often, for how long, what deletes it. */
	readonly facts: readonly string[];
	/** The manifest as it is sent. */
	readonly yaml: string;
	/** What would do the same by hand; the manifest is its standard input. */
	readonly command: string;
};

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
