import type {RouteChoice, RouteExtras} from './route-choice.ts';
import {webUrl} from './web-url.ts';

/** Where requests from outside come in. */
export type FrontDoor = {
	/** Empty: any. May be a pattern such as `*.shop.example`. */
	readonly host: string;
	/** Where it is reached; undefined: where the host's name leads. */
	readonly address: string | undefined;
	readonly https: boolean;
	readonly port: number;
	readonly path: string;
	readonly headers: NonNullable<RouteExtras['headers']>;
};

/** The request that comes in there: its URL says the host, and the address need not be in any DNS. */
export function throughDoor({host, address, https, port, path, headers}: FrontDoor): Pick<RouteChoice, 'target' | 'extras'> {
	// Of a pattern any name does; it says who asks.
	const asked = host === '' ? (address ?? 'ADDRESS') : host.replace(/^\*/, 'rollwatch');
	const connectTo = address === undefined || host === '' ? {} : {connectTo: [{fromHost: undefined, fromPort: undefined, host: address, port}]};
	return {target: webUrl({https, host: asked, port, path}), extras: {...(headers.length === 0 ? {} : {headers}), ...connectTo}};
}

/** Headers as people write them; empty where there are none. */
export function headerText(headers: FrontDoor['headers']): string {
	return headers.map(({name, value}) => `${name}: ${value}`).join(', ');
}
