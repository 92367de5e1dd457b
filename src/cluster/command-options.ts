import type {WorkloadChange, WorkloadStanding} from '../domain/command.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterConnection} from './connect.ts';

export type CommandOptions = {
	readonly connection: ClusterConnection;
	/** What the person who asked saw. */
	readonly workload: Workload;
	/** Everything is checked by the API server, nothing is changed. */
	readonly dryRun?: boolean | undefined;
};

/** What a command changed, of what was read before and what the API server stored. */
export function changeOf(before: Workload, after: Workload): WorkloadChange {
	return {before: standingOf(before), after: standingOf(after)};
}

function standingOf({revisionText, template, paused, replicas, generation}: Workload): WorkloadStanding {
	return {revision: revisionText, images: template.images, paused, replicas: replicas.desired, generation};
}
