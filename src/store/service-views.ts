import type {EndpointCounts} from '../domain/service-sides.ts';
import type {PhaseName, Remark, Tone} from './views.ts';

/** A workload behind a Service; or all pods behind it that belong to none that is known. */
export type SideRow = {
	readonly kind: 'workload' | 'other';
	readonly name: string;
	/** The Service selects its pods now. */
	readonly selected: boolean;
	readonly phase: PhaseName | undefined;
	/** `COMPLETE`, `DELETED`, or what a command under way says. */
	readonly word: string;
	readonly tone: Tone;
	readonly ready: number;
	readonly desired: number;
	readonly updated: number;
	readonly endpoints: EndpointCounts;
	/** 0…1, by ready endpoints; undefined where nobody gets anything, or nothing is known. */
	readonly expectedShare: number | undefined;
	/** Of the answers that have a version; undefined where none can be told by workload. `expectedShare`: as it was when they were asked for. */
	readonly measured: {readonly count: number; readonly share: number; readonly expectedShare: number | undefined} | undefined;
	readonly images: string;
};

export type ServiceView = {
	readonly name: string;
	readonly type: string;
	/** `80 → 8080, node 31180`. */
	readonly ports: readonly string[];
	readonly clusterIp: string | undefined;
	/** `ClientIP` sticks a client to a pod; undefined where nothing does. */
	readonly affinity: string | undefined;
	readonly selector: readonly {readonly name: string; readonly value: string}[];
	readonly endpoints: EndpointCounts;
	/** What a command under way does to it. */
	readonly pending: string | undefined;
	/** What to know of it, most important first. */
	readonly notes: readonly Remark[];
	/** By name, with the pods of nobody last. */
	readonly sides: readonly SideRow[];
};
