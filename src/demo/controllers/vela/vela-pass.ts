import {createHash} from 'node:crypto';
import {apiTime} from '../../clock.ts';
import type {ControllerContext} from '../context.ts';
import type {Condition} from '../kinds.ts';
import {pathOf} from '../paths.ts';
import {type Application, type ApplicationStatus, publishVersionKey, type WorkflowStatus} from './kinds.ts';

/** One look at one Application. It writes the status once at most. */
export interface VelaPass {
	readonly context: Pick<ControllerContext, 'api' | 'clock' | 'random'>;
	readonly application: Application;
	readonly checkAgain: (delayMs: number) => void;
	/** How long to wait before an unfinished workflow goes on: longer each time. */
	readonly nextDelayMs: (workflow: WorkflowStatus) => number;
}

const apiVersion = 'core.oam.dev/v1beta1';

/** Where an object of KubeVela's is; without a namespace a ResourceTracker, which is the cluster's. */
export function velaPath(plural: string, namespace: string | undefined, name?: string): string {
	return pathOf(apiVersion, plural, namespace, name);
}

/** Where an Application is. */
export function applicationPath({metadata: {namespace, name}}: Application): string {
	return velaPath('applications', namespace, name);
}

/** Writes a status. Throws a conflict when the pass looked at an old state: again, later. */
export async function writeApplicationStatus({context, application}: VelaPass, status: ApplicationStatus): Promise<void> {
	const body = {...application, status: {...status, observedGeneration: application.metadata.generation ?? 1}};
	await context.api.send({method: 'PUT', path: `${applicationPath(application)}/status`, body});
}

/** Now, as the API writes times. */
export function nowText({context}: VelaPass): string {
	return apiTime(context.clock.now());
}

/** The version that somebody gave a name; undefined: each change of the spec is one. */
export function publishVersionOf({metadata}: Pick<Application, 'metadata'>): string | undefined {
	return metadata.annotations?.[publishVersionKey];
}

/** What a workflow is for: the published version's name, else the revision's. */
export function wantedRevision(application: Application): string | undefined {
	return publishVersionOf(application) ?? application.status?.latestRevision?.name;
}

/** A short hash of a value as JSON. */
export function shortHash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** The conditions with some of these types, all of which hold. */
export function holding(pass: VelaPass, conditions: readonly Condition[], types: readonly string[]): readonly Condition[] {
	return types.map(type => {
		const known = conditions.find(each => each.type === type && each.status === 'True');
		return known ?? {type, status: 'True', reason: type === 'Ready' ? 'ReconcileSuccess' : 'Available', lastTransitionTime: nowText(pass)};
	});
}
