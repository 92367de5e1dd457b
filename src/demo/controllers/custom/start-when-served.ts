import {setMaxListeners} from 'node:events';
import type {ApiObject} from '../../api-object.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {createInformer, type Informer} from '../informer.ts';

/** A controller, and what it must have seen before it begins. */
interface Served {
	readonly controller: Controller;
	readonly informers: readonly Pick<Informer<ApiObject>, 'ready' | 'ended'>[];
}

/**
 * A controller that is there as long as a CustomResourceDefinition (`PLURAL.GROUP`) is: a cluster without costs nothing. `create` is called with a
 * context whose signal ends with the definition.
 */
export function createWhenServed(context: ControllerContext, definition: string, create: (context: ControllerContext) => Served): Controller {
	const {definitions} = context.informers;
	let running: {readonly life: AbortController; readonly ended: Promise<void>} | undefined;
	let isOpen = false;
	const look = () => {
		const isServed = isOpen && definitions.get(definition) !== undefined;
		if (isServed && running === undefined) {
			const life = new AbortController();
			running = {life, ended: run(create, {...context, signal: life.signal})};
		} else if (!isServed) {
			running?.life.abort();
			running = undefined;
		}
	};
	definitions.onChange(look);
	return {
		start() {
			isOpen = true;
			look();
		},
		async stop() {
			const ended = running?.ended;
			isOpen = false;
			look();
			await ended;
		},
	};
}

async function run(create: (context: ControllerContext) => Served, context: ControllerContext): Promise<void> {
	const {signal} = context;
	setMaxListeners(0, signal);
	const aborted = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
	const {controller, informers} = create(context);
	await Promise.race([Promise.all(informers.map(({ready}) => ready)), aborted]);
	if (!signal.aborted) controller.start();
	await aborted;
	await controller.stop();
	await Promise.all(informers.map(({ended}) => ended));
}

/** Begins to follow a custom kind; with an index of those in a namespace. */
export function followCustom<T extends ApiObject>(
	{api, clock, signal}: Pick<ControllerContext, 'api' | 'clock' | 'signal'>,
	{apiVersion, kind, plural}: {readonly apiVersion: string; readonly kind: string; readonly plural: string},
): Informer<T, 'namespace'> {
	const indexes = {namespace: ({metadata: {namespace}}: ApiObject) => (namespace === undefined ? [] : [namespace])};
	return createInformer<T, 'namespace'>({api, clock, signal, path: `/apis/${apiVersion}/${plural}`, apiVersion, kind, indexes});
}
