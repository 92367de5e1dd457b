import {type Service, selectsTemplate} from '../../domain/service.ts';
import type {Workload} from '../../domain/workload.ts';
import {mapAfter} from '../../store/object-map.ts';
import type {StreamEvent} from '../informer/source.ts';

/** The Deployments of a namespace, of which only those are told that stand behind one Service, or once did. */
export type WorkloadsBehind = {
	readonly takeWorkloads: (event: Extract<StreamEvent<'workloads'>, {readonly type: 'listed' | 'changed'}>) => void;
	/** The Service as it is now. `at`: epoch ms. */
	readonly takeService: (service: Service, at: number) => void;
};

/**
 * Tells of the workloads whose pods the Service selects. A selector that changes takes nobody away: the side that lost the traffic is what people
 * want to see, and to scale down. `emit` gets the events, `onMembers` all of them whenever one joins or is made again.
 */
export function createWorkloadsBehind(
	emit: (event: StreamEvent<'workloads'>) => void,
	onMembers: (members: readonly Workload[], at: number) => void,
): WorkloadsBehind {
	let all: ReadonlyMap<string, Workload> = new Map();
	let service: Service | undefined;
	let isListed = false;
	let isTold = false;
	const names = new Set<string>();

	/** Takes in who is selected now; true where somebody is new. */
	function join(): boolean {
		const before = names.size;
		for (const {name, template} of all.values()) if (service !== undefined && selectsTemplate(service, template.labels)) names.add(name);
		return names.size > before;
	}
	function tellAll(at: number): void {
		const members = [...all.values()].filter(({name}) => names.has(name));
		isTold = true;
		emit({type: 'listed', stream: 'workloads', items: members, at});
		onMembers(members, at);
	}
	return {
		takeWorkloads(event) {
			const before = all;
			isListed ||= event.type === 'listed';
			all = mapAfter(all, event);
			if (service === undefined || !isListed) return;
			if (join() || event.type === 'listed' || !isTold) return tellAll(event.at);
			const nameOf = (uid: string) => (before.get(uid) ?? all.get(uid))?.name ?? '';
			const changes = event.changes.filter(change => names.has(change.kind === 'gone' ? nameOf(change.uid) : change.object.name));
			emit({...event, changes});
			if (changes.some(({kind}) => kind === 'observed'))
				onMembers(
					[...all.values()].filter(({name}) => names.has(name)),
					event.at,
				);
		},
		takeService(changed, at) {
			service = changed;
			if (isListed && (join() || !isTold)) tellAll(at);
		},
	};
}
