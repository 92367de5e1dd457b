import type {ApiObject} from '../api-object.ts';

/** An Ingress as far as requests through it go. */
export interface IngressObject extends ApiObject {
	readonly spec: {
		readonly ingressClassName?: string;
		readonly defaultBackend?: Backend;
		readonly rules?: readonly IngressRule[] | null;
	};
	readonly status?: {readonly loadBalancer?: {readonly ingress?: readonly IngressAddress[]}};
}

/** Where an Ingress is reached. */
export interface IngressAddress {
	readonly ip?: string;
	readonly ports?: readonly {readonly port: number; readonly protocol: string}[];
}

/** What is served for a host; without one for any. */
export interface IngressRule {
	readonly host?: string;
	readonly http?: {readonly paths?: readonly IngressPath[]};
}

interface IngressPath {
	readonly path?: string;
	readonly pathType?: string;
	readonly backend: Backend;
}

/** A port of a Service, by number or by name. */
export interface Backend {
	readonly service?: {readonly name: string; readonly port?: {readonly number?: number; readonly name?: string}};
}
