import type {Condition, Pod} from './kinds.ts';

/** A pod's condition of a type. */
export function conditionOf(pod: Pod, type: string): Condition | undefined {
	return pod.status?.conditions?.find(condition => condition.type === type);
}

/** Whether its Ready condition is true. */
export function isReady(pod: Pod): boolean {
	return conditionOf(pod, 'Ready')?.status === 'True';
}

/** Since when it is ready, in epoch milliseconds; undefined when it is not, or does not say. */
export function readySince(pod: Pod): number | undefined {
	const ready = conditionOf(pod, 'Ready');
	if (ready?.status !== 'True' || !ready.lastTransitionTime) return undefined;
	return Date.parse(ready.lastTransitionTime);
}

/** Whether all its containers have ended for good. */
export function isTerminal(pod: Pod): boolean {
	return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether it counts as one of its owner's pods. */
export function isActive(pod: Pod): boolean {
	return !isTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Whether it is on its way out. */
export function isTerminating(pod: Pod): boolean {
	return !isTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;
}

/** Whether it has been ready for long enough to rely on (kubernetes: pkg/api/v1/pod IsPodAvailable). */
export function isAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
	if (!isReady(pod)) return false;
	if (minReadySeconds === 0) return true;
	const since = readySince(pod);
	return since !== undefined && since + minReadySeconds * 1_000 <= nowMs;
}

/** In how many milliseconds the next of the pods will have been ready for long enough; undefined when none will be. */
export function nextAvailabilityMs(pods: readonly Pod[], minReadySeconds: number, nowMs: number): number | undefined {
	const waits = pods.flatMap(pod => readySince(pod) ?? []).map(since => since + minReadySeconds * 1_000 - nowMs);
	const ahead = waits.filter(wait => wait > 0);
	return ahead.length === 0 ? undefined : ahead.reduce((least, wait) => Math.min(least, wait));
}

/** A pod without all that no controller reads: there may be thousands. */
export function trimPod(pod: Pod): Pod {
	const {nodeName, schedulerName, schedulingGates, volumes, nodeSelector, affinity, tolerations, containers, initContainers, overhead, hostname, subdomain} =
		pod.spec;
	const {phase, podIP, podIPs, conditions, containerStatuses, initContainerStatuses} = pod.status ?? {};
	const slimContainer = ({name, restartPolicy, ports, resources}: (typeof containers)[number]) => definedOf({name, restartPolicy, ports, resources});
	const slimStatus = ({name, restartCount}: {name: string; restartCount: number}) => ({name, restartCount});
	const spec = definedOf({
		nodeName,
		schedulerName,
		schedulingGates,
		volumes: claimsOf(volumes),
		nodeSelector,
		affinity: affinity?.nodeAffinity === undefined ? undefined : {nodeAffinity: affinity.nodeAffinity},
		tolerations,
		containers: containers.map(slimContainer),
		initContainers: initContainers?.map(slimContainer),
		overhead,
		hostname,
		subdomain,
	});
	const status = definedOf({
		phase,
		podIP,
		podIPs,
		conditions,
		containerStatuses: containerStatuses?.map(slimStatus),
		initContainerStatuses: initContainerStatuses?.map(slimStatus),
	});
	return {...pod, spec, status} as Pod;
}

/** The volumes that are claims; undefined without any. */
function claimsOf(volumes: Pod['spec']['volumes'] = []): Pod['spec']['volumes'] {
	const claims = volumes.flatMap(({persistentVolumeClaim}) => (persistentVolumeClaim === undefined ? [] : [{persistentVolumeClaim}]));
	return claims.length === 0 ? undefined : claims;
}

function definedOf<T extends object>(object: T): T {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
