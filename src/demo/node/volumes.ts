import type {ApiPod} from './api-pod.ts';
import {type DataKind, loadData} from './load-data.ts';
import type {NodeContext} from './node-context.ts';
import type {VolumeSpec} from './pod-spec.ts';

/** A volume that could not be set up, and why, in the kubelet's words. */
interface MountFailure {
	readonly volume: string;
	readonly message: string;
}

/** What a volume takes from the API. */
interface Source {
	readonly kind: DataKind;
	readonly name: string;
	readonly keys: readonly string[];
	readonly optional: boolean;
}

const firstRetryMs = 500;
const longestRetryMs = 122_000;

/** A pod's volumes: nothing of the pod may start before all are set up. */
export interface Volumes {
	/** Tries those that are due; gives how long to wait before the next try, in ms, or undefined when the pod may start. */
	readonly setUp: (signal: AbortSignal) => Promise<number | undefined>;
}

/** The volumes of one pod; each failure is told as an event, and tried again after a time that doubles. kubernetes: volume/util/nestedpendingoperations. */
export function createVolumes(pod: () => ApiPod, node: NodeContext): Volumes {
	let waitMs = firstRetryMs;
	let dueAt = 0;
	let isReady = (pod().spec.volumes ?? []).every(volume => sourcesOf(volume).length === 0);
	return {
		async setUp(signal) {
			if (isReady) return undefined;
			const now = node.clock.now();
			if (now < dueAt) return dueAt - now;
			const failures = await failuresOf(pod(), node, signal);
			if (signal.aborted) return undefined;
			isReady = failures.length === 0;
			if (isReady) return undefined;
			for (const {volume, message} of failures)
				node.events.recordPod(pod(), 'Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${volume}" : ${message}`);
			dueAt = now + waitMs;
			waitMs = Math.min(longestRetryMs, waitMs * 2);
			return dueAt - now;
		},
	};
}

async function failuresOf({spec, metadata}: ApiPod, {api}: NodeContext, signal: AbortSignal): Promise<readonly MountFailure[]> {
	const failures: MountFailure[] = [];
	for (const volume of spec.volumes ?? []) {
		for (const source of sourcesOf(volume)) {
			const message = await whyNot(source, {api, namespace: metadata.namespace, signal});
			if (message !== undefined) failures.push({volume: volume.name, message});
		}
	}
	return failures;
}

/** kubernetes: pkg/volume/configmap, pkg/volume/secret. */
async function whyNot({kind, name, keys, optional}: Source, options: Parameters<typeof loadData>[0]): Promise<string | undefined> {
	try {
		const data = await loadData(options, kind, name);
		if (optional) return undefined;
		if (data === undefined) return `${kind} "${name}" not found`;
		const missing = keys.find(key => !Object.hasOwn(data, key));
		return missing === undefined ? undefined : `references non-existent ${kind === 'secret' ? 'secret' : 'config'} key: ${missing}`;
	} catch {
		return `failed to sync ${kind} cache: timed out waiting for the condition`;
	}
}

function sourcesOf({configMap, secret, projected}: VolumeSpec): readonly Source[] {
	const own = {configMap, secret: secret === undefined ? undefined : {...secret, name: secret.secretName}};
	return [own, ...(projected?.sources ?? [])].flatMap(source =>
		(['configMap', 'secret'] as const).flatMap(kind => {
			const {name, items = [], optional = false} = source[kind] ?? {name: undefined};
			return name === undefined
				? []
				: [{kind: kind === 'secret' ? ('secret' as const) : ('configmap' as const), name, keys: items.map(({key}) => key), optional}];
		}),
	);
}
