import type {ApiClient} from '../api-client.ts';
import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import type {PodNetwork} from '../services/pod-network.ts';
import type {ContainerEvents} from './container-events.ts';
import type {ImageStore} from './image-store.ts';
import type {IpPool} from './ip-pool.ts';

/** How long things take on this machine that are work on a real one. */
export interface Delays {
	/** The pod's sandbox and network. */
	readonly sandboxMs: number;
	readonly pullMs: number;
	readonly createMs: number;
	readonly startMs: number;
	/** From the last container's end to the pod's final status. */
	readonly teardownMs: number;
	/** How often the runtime is asked which containers have ended by themselves. */
	readonly relistMs: number;
}

/** What all pods of a node share. */
export interface NodeContext {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly nodeName: string;
	readonly nodeIp: string;
	readonly startedAt: number;
	readonly delays: Delays;
	readonly events: ContainerEvents;
	readonly images: ImageStore;
	readonly ips: IpPool;
	readonly network: Network;
	readonly podNetwork: PodNetwork;
	/** 0…1, for jitter. */
	readonly random: () => number;
}
