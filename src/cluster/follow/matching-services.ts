import {type Service, selectsTemplate} from '../../domain/service.ts';
import type {ObjectChange} from '../../store/event.ts';

export type MatchingServices = {
	replace(services: readonly Service[]): void;
	apply(changes: readonly ObjectChange<Service>[]): void;
	/** Those that send to pods with these labels, by name. */
	select(labels: Readonly<Record<string, string>>): readonly Service[];
};

/** All Services of a namespace: which of them belong to the workload changes with its template as well as with theirs. */
export function createMatchingServices(): MatchingServices {
	let services = new Map<string, Service>();
	return {
		replace(listed) {
			services = new Map(listed.map(service => [service.uid, service]));
		},
		apply(changes) {
			for (const change of changes) {
				if (change.kind === 'observed') services.set(change.object.uid, change.object);
				else services.delete(change.uid);
			}
		},
		select: labels => [...services.values()].filter(service => selectsTemplate(service, labels)).sort((left, right) => (left.name < right.name ? -1 : 1)),
	};
}
