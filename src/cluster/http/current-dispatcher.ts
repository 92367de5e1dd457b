import {Dispatcher} from 'undici';
import type {RequestHeaders} from '../config/credentials.ts';

/** Sends through whatever the connection uses now, and adds headers that occur more than once. */
export class CurrentDispatcher extends Dispatcher {
	current: Dispatcher;
	repeated: RequestHeaders = {};

	constructor(current: Dispatcher) {
		super();
		this.current = current;
	}

	override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
		const {headers} = options;
		const repeats = Object.keys(this.repeated).length > 0 && headers !== null && typeof headers === 'object' && !Array.isArray(headers);
		return this.current.dispatch(repeats ? {...options, headers: {...headers, ...this.repeated}} : options, handler);
	}
}
