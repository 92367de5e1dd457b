import type {ApiPod} from './api-pod.ts';
import {BackOff} from './back-off.ts';
import {createContainerProbes} from './container-probes.ts';
import {type ContainerKind, type ContainerSlot, createSlot} from './container-slot.ts';
import type {NodeContext} from './node-context.ts';
import type {ContainerSpec} from './pod-spec.ts';
import type {ContainerStatus} from './pod-status.ts';
import {type ProbeResult, sendProbe} from './probe.ts';
import type {ProbeKind} from './prober.ts';

/** The pod as it is when a probe is sent, and who hears what probes have found. */
interface SlotsOwner {
	readonly pod: () => ApiPod;
	readonly podIp: () => string;
	readonly onChange: (kind: ProbeKind) => void;
}

const probeNames: Readonly<Record<ProbeKind, string>> = {startup: 'Startup', readiness: 'Readiness', liveness: 'Liveness'};

/** A slot for each container of a pod, init containers first; what the API says of them goes on. */
export function createSlots({spec, status}: ApiPod, node: NodeContext, owner: SlotsOwner): readonly ContainerSlot[] {
	const create = (kind: ContainerKind, container: ContainerSpec, statuses: readonly ContainerStatus[] = []) => {
		const slot: ContainerSlot = createSlot({
			kind,
			spec: container,
			backOff: new BackOff(node.clock),
			probes: createContainerProbes(container, {
				clock: node.clock,
				send: probe => {
					const process = slot.run.kind === 'running' ? slot.run.process : undefined;
					return sendProbe(probe, {container: slot.spec, podIp: owner.podIp(), clock: node.clock, network: node.network, process});
				},
				onResult: (probe, result) => tell(node, owner.pod(), container.name, probe, result),
				onChange: owner.onChange,
			}),
			known: statuses.find(({name}) => name === container.name),
		});
		return slot;
	};
	const inits = (spec.initContainers ?? []).map(container =>
		create(container.restartPolicy === 'Always' ? 'sidecar' : 'init', container, status.initContainerStatuses),
	);
	return [...inits, ...spec.containers.map(container => create('main', container, status.containerStatuses))];
}

/** The kubelet's events about probes (prober/prober.go). */
function tell({events}: NodeContext, pod: ApiPod, container: string, probe: ProbeKind, result: ProbeResult): void {
	const name = probeNames[probe];
	if (result.kind === 'failure') events.record(pod, container, 'Warning', 'Unhealthy', `${name} probe failed: ${result.message}`);
	if (result.kind === 'error') events.record(pod, container, 'Warning', 'Unhealthy', `${name} probe errored and resulted in unknown state: ${result.message}`);
	if (result.kind === 'success' && result.warning !== undefined)
		events.record(pod, container, 'Warning', 'ProbeWarning', `${name} probe warning: ${result.warning}`);
}
