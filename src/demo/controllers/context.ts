import type {ApiClient} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';
import type {Clock} from '../clock.ts';
import type {EventRecorder, InvolvedObject} from '../event-recorder.ts';
import type {Informers} from './informers.ts';

/** What every controller works with. */
export interface ControllerContext {
	readonly api: ApiClient;
	readonly clock: Clock;
	/** 0…1, where upstream leaves something to chance. */
	readonly random: () => number;
	readonly informers: Informers;
	/** Ends when the controllers are to stop. */
	readonly signal: AbortSignal;
	/** A recorder in the name of a component, such as `deployment-controller`. */
	readonly recorder: (component: string) => EventRecorder;
}

/** A controller that runs. */
export interface Controller {
	/** The first lists are there: the work may begin. */
	readonly start: () => void;
	readonly stop: () => Promise<void>;
}

/** An object as an event names it. */
export function involved({apiVersion, kind, metadata: {name, namespace, uid, resourceVersion}}: ApiObject): InvolvedObject {
	return {apiVersion, kind, name, namespace, uid, resourceVersion};
}
