import type {ControllerContext} from '../context.ts';
import {keyOf, type OnChange} from '../informer.ts';
import type {Pod, Service} from '../kinds.ts';
import {isReady} from '../pods.ts';
import {hasLabels} from '../selectors.ts';
import type {WorkQueue} from '../work-queue.ts';

/** With more pods than this behind a Service its endpoints are written twice a second at most: each time they are many kilobytes. */
const manyPods = 250;
const batchMs = 500;

/** Whether a controller makes this Service's endpoints; those of others are somebody's own. */
export function hasOwnEndpoints({spec}: Service): boolean {
	return spec.type !== 'ExternalName' && spec.selector !== undefined;
}

/** The pods behind a Service. */
export function* podsBehind({informers: {pods}}: ControllerContext, {metadata: {namespace}, spec: {selector = {}}}: Service): Iterable<Pod> {
	for (const pod of pods.with('namespace', namespace)) if (hasLabels(pod.metadata.labels, selector)) yield pod;
}

/** Wakes the Services that changes concern, of themselves and of the pods behind them. */
export function watchServices(context: ControllerContext, queue: WorkQueue): void {
	const {services, pods} = context.informers;
	const sizes = new Map<string, number>();
	services.onChange(({before, now}) => {
		const service = now ?? before;
		if (service === undefined) return;
		if (now === undefined) sizes.delete(keyOf(service));
		queue.add(keyOf(service));
	});
	const wake = (pod: Pod, change: -1 | 0 | 1) => {
		for (const service of services.with('namespace', pod.metadata.namespace)) {
			if (!hasOwnEndpoints(service) || !hasLabels(pod.metadata.labels, service.spec.selector ?? {})) continue;
			const key = keyOf(service);
			const size = (sizes.get(key) ?? 0) + change;
			sizes.set(key, size);
			queue.addAfter(key, size > manyPods ? batchMs : 0);
		}
	};
	const onPod: OnChange<Pod> = ({before, now}) => {
		if (before !== undefined && now !== undefined) {
			if (!hasChanged(before, now)) return;
			// Its labels may lead to other Services now.
			wake(before, -1);
			wake(now, 1);
		} else if (now !== undefined) wake(now, 1);
		else if (before !== undefined) wake(before, -1);
	};
	pods.onChange(onPod);
}

/** Whether a pod has changed in what endpoints tell of it (kubernetes: endpointslice/util podEndpointsChanged). */
function hasChanged(before: Pod, now: Pod): boolean {
	const view = ({metadata, spec, status}: Pod) =>
		JSON.stringify([metadata.labels, spec.hostname, spec.subdomain, metadata.deletionTimestamp, status?.podIPs, status?.phase]);
	return isReady(before) !== isReady(now) || view(before) !== view(now);
}
