import type {Service} from '../../domain/service.ts';
import type {StreamCondition} from '../../domain/stream.ts';
import type {ClusterEvent} from '../../store/event.ts';
import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {defaultPolicy, type InformerPolicy, sleep} from '../informer/policy.ts';
import type {StreamEvent} from '../informer/source.ts';
import {runInformer} from '../informer.ts';
import {parseEndpointSlice, serviceNameLabel} from '../parse/endpoint-slice.ts';
import {parseService} from '../parse/service.ts';
import {createMatchingServices} from './matching-services.ts';
import {createRestartable} from './restartable.ts';

/** Argo 1.9 flips the selector of a Service twenty times a second after an abort (argo-rollouts#3078): of the same Services nobody needs to hear more often. */
const leastPauseMs = 500;

type ServicesOptions = {
	readonly connection: Pick<ClusterConnection, 'open' | 'namespace'>;
	readonly emit: (event: ClusterEvent) => void;
	readonly signal: AbortSignal;
	readonly policy: Partial<InformerPolicy> | undefined;
};

export type FollowedServices = {
	/** The labels that the workload's pods get. */
	templateLabels(labels: Readonly<Record<string, string>>): void;
	readonly ended: Promise<void>;
};

function sameServices(left: readonly Service[] | undefined, right: readonly Service[]): boolean {
	return left !== undefined && left.length === right.length && left.every((service, index) => service === right[index]);
}

/** The EndpointSlices of some Services. Without any there is nothing to ask, and that is known for sure. */
export async function followEndpointSlices({connection, emit, policy}: ServicesOptions, names: readonly string[], signal: AbortSignal): Promise<void> {
	if (names.length === 0) {
		const at = (policy?.now ?? defaultPolicy.now)();
		emit({type: 'listed', stream: 'endpointslices', items: [], at});
		emit({type: 'stream-changed', stream: 'endpointslices', condition: {kind: 'live', since: at}});
		return;
	}
	const path = apiPaths.endpointslices(connection.namespace);
	const labelSelector = `${serviceNameLabel} in (${names.join(',')})`;
	await runInformer({connection, emit, signal, policy, stream: 'endpointslices', path, labelSelector, parse: parseEndpointSlice});
}

/**
 * Follows the Services that select the workload's pods, and their EndpointSlices. No selector of the API finds the former, so all Services of the
 * namespace are watched (they are small and rest) and only the matching ones are emitted, as a `listed` whenever that set changes.
 */
export function followServices(options: ServicesOptions): FollowedServices {
	const {connection, emit, signal, policy} = options;
	const all = createMatchingServices();
	const slices = createRestartable(signal);
	let listedOnce = false;
	let labels: Readonly<Record<string, string>> | undefined;
	let emitted: readonly Service[] | undefined;
	let emittedAt = Number.NEGATIVE_INFINITY;
	let isDelayed = false;

	function later(ms: number): void {
		if (isDelayed) return;
		isDelayed = true;
		void sleep(ms, signal, {...defaultPolicy, ...policy}).then(() => {
			isDelayed = false;
			publish();
		});
	}
	function publish(): void {
		if (labels === undefined || !listedOnce || signal.aborted) return;
		const matching = all.select(labels);
		if (sameServices(emitted, matching)) return;
		const now = (policy?.uptime ?? defaultPolicy.uptime)();
		if (emitted?.length === matching.length && now - emittedAt < leastPauseMs) {
			later(emittedAt + leastPauseMs - now);
			return;
		}
		emitted = matching;
		emittedAt = now;
		emit({type: 'listed', stream: 'services', items: matching, at: (policy?.now ?? defaultPolicy.now)()});
		const names = matching.map(({name}) => name);
		slices.start(names.join(','), restarted => followEndpointSlices(options, names, restarted));
	}
	/** Without the Services nobody knows which EndpointSlices to ask for: what keeps the ones back keeps back the others. */
	function passOn(condition: StreamCondition): void {
		if (listedOnce || (condition.kind !== 'forbidden' && condition.kind !== 'lost')) return;
		emit({type: 'stream-changed', stream: 'endpointslices', condition});
	}
	function onEvent(event: StreamEvent<'services'>): void {
		if (event.type === 'listed') {
			all.replace(event.items);
			listedOnce = true;
		} else if (event.type === 'changed') {
			all.apply(event.changes);
			emit({type: 'stream-heard', stream: 'services', at: event.at});
		} else {
			emit(event);
			if (event.type === 'stream-changed') passOn(event.condition);
		}
		publish();
	}
	const path = apiPaths.services(connection.namespace);
	const running = runInformer({connection, signal, policy, stream: 'services', path, parse: parseService, emit: onEvent});
	return {
		templateLabels(newLabels) {
			labels = newLabels;
			publish();
		},
		ended: running.then(() => slices.ended()),
	};
}
