import type {ApiObject} from '../../api-object.ts';

/** A port of an EndpointSlice. */
export interface EndpointPort {
	readonly name: string;
	readonly port: number;
	readonly protocol: string;
	readonly appProtocol?: string;
}

/** One pod behind a Service. */
export interface Endpoint {
	readonly addresses: readonly string[];
	readonly conditions: {readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean};
	readonly targetRef?: {readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string};
	readonly nodeName?: string;
	readonly zone?: string;
	readonly hostname?: string;
}

/** An EndpointSlice as the API sends it; null stands for no list. */
export interface EndpointSlice extends ApiObject {
	readonly addressType: string;
	readonly endpoints: readonly Endpoint[] | null;
	readonly ports: readonly EndpointPort[] | null;
}
