import type {TargetKind} from '../../domain/kinds/kind-words.ts';
import type {ApiClient} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';

/** A situation to watch and to act in. What happened before, what begins when the screen opens, and what to say as things go on. */
export interface Scenario {
	readonly name: string;
	/** One line for the list of scenarios. */
	readonly summary: string;
	readonly namespace: string;
	/** The Deployment that the story is about, and that the screen opens on unless `opens` says otherwise. */
	readonly deployment: string;
	/** What the screen opens on instead: a Service with all that stands behind it, or what steers the Deployment. */
	readonly opens?: Opened;
	/** Of which further kinds the scenario wants to see the objects. */
	readonly sees?: readonly TargetKind[];
	readonly curl: CurlTarget;
	readonly nodes: {readonly count: number; readonly podsPerNode: number};
	/** The past, oldest first. Each step is over, with every rollout complete, before the next one. */
	readonly past: readonly {readonly minutesAgo: number; readonly change: Change}[];
	/** What begins as the screen opens. */
	readonly opening?: Change;
	/** What to say now, and what somebody else will do in a while. Called whenever what is seen has changed. */
	readonly next: (seen: Seen) => Cue;
}

/** What a screen opens on. */
export interface Opened {
	readonly kind: TargetKind;
	readonly name: string;
}

/**
 * Where the curl loop asks: as somebody outside of the cluster would have to. A ClusterIP can't be reached from a laptop, so the loop goes through the
 * API server; a NodePort has an address; an Ingress has one too, and leads on by host and path.
 */
export type CurlTarget = {readonly service: string; readonly head?: boolean} & (
	| {readonly via: 'proxy' | 'address'}
	| {readonly via: 'ingress'; readonly host: string; readonly path: string}
);

/** Something done to the cluster, through its API. */
export type Change = (api: ApiClient) => Promise<void>;

export interface Cue {
	readonly hint: string;
	/** Done once in a session, `afterSeconds` after it is first asked for, unless what is seen no longer asks for it. */
	readonly act?: {readonly name: string; readonly afterSeconds: number; readonly change: Change};
}

/** What a scenario sees of the cluster. */
export interface Seen {
	/** The Deployment that is watched. */
	readonly watched: SeenDeployment;
	/** All of the namespace, by name. */
	readonly deployments: ReadonlyMap<string, SeenDeployment>;
	/** Objects of the kinds of `sees`, by `KIND/NAME`. */
	readonly objects: ReadonlyMap<string, ApiObject>;
	/** What the Service of `curl` selects; nothing before it was seen. */
	readonly selector: Readonly<Record<string, string>>;
	/** The names of what others did so far. */
	readonly acts: ReadonlySet<string>;
}

/** A Deployment in the words of the screen. */
export interface SeenDeployment {
	readonly name: string;
	/** Of its first container, as in the template. */
	readonly image: string;
	readonly phase: 'progressing' | 'paused' | 'complete' | 'stalled';
	readonly replicas: number;
	readonly available: number;
}
