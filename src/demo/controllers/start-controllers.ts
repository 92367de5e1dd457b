import {setMaxListeners} from 'node:events';
import {type ApiConfig, createApiClient} from '../api-client.ts';
import type {Clock} from '../clock.ts';
import {createEventRecorder} from '../event-recorder.ts';
import {createArgoController} from './argo/argo-controller.ts';
import type {Controller, ControllerContext} from './context.ts';
import {createDaemonSetController} from './daemon-set/daemon-set-controller.ts';
import {createDeploymentController} from './deployment/deployment-controller.ts';
import {createDisruptionController} from './disruption/disruption-controller.ts';
import {createEndpointSliceController} from './endpoints/endpoint-slice-controller.ts';
import {createEndpointsController} from './endpoints/endpoints-controller.ts';
import {createGarbageCollector} from './garbage/garbage-collector.ts';
import {createInformers} from './informers.ts';
import {createKruiseController} from './kruise/kruise-controller.ts';
import {createNamespaceController} from './namespaces/namespace-controller.ts';
import {createNodeLifecycle} from './nodes/node-lifecycle.ts';
import {createTaintEviction} from './nodes/taint-eviction.ts';
import {createQuotaController} from './quota/quota-controller.ts';
import {createReplicaSetController} from './replica-set/replica-set-controller.ts';
import {createScheduler} from './scheduler/scheduler.ts';
import {createStatefulSetController} from './stateful-set/stateful-set-controller.ts';
import {createVelaController} from './vela/vela-controller.ts';

/** How the controllers reach the API, ours or a real one, and on which time they work. */
export interface ControllersOptions {
	readonly api: ApiConfig;
	readonly clock: Clock;
	/** 0…1, where upstream leaves something to chance: which of equally good nodes, for instance. */
	readonly random?: () => number;
}

/** Controllers that run. */
export interface RunningControllers {
	/** Ends all work; gives back every connection and timer. */
	readonly stop: () => Promise<void>;
}

/** The controllers that make a cluster of an API server and nodes. Comes back when they have seen all there is and have begun. */
export async function startControllers({api: config, clock, random = Math.random}: ControllersOptions): Promise<RunningControllers> {
	const api = createApiClient(config);
	const life = new AbortController();
	// Each kind's watch listens, and what waits for a second try; none of them is forgotten.
	setMaxListeners(0, life.signal);
	const informers = createInformers(api, clock, life.signal);
	const recorder = (component: string) => createEventRecorder(api, clock, {component}, life.signal);
	const context: ControllerContext = {api, clock, random, informers, signal: life.signal, recorder};
	const controllers: readonly Controller[] = [
		createDeploymentController(context),
		createReplicaSetController(context),
		createStatefulSetController(context),
		createDaemonSetController(context),
		createEndpointSliceController(context),
		createEndpointsController(context),
		createScheduler(context),
		createGarbageCollector(context),
		createNamespaceController(context),
		createQuotaController(context),
		createDisruptionController(context),
		createNodeLifecycle(context),
		createTaintEviction(context),
		createKruiseController(context),
		createArgoController(context),
		createVelaController(context),
	];
	await Promise.all(Object.values(informers).map(({ready}) => ready));
	for (const controller of controllers) controller.start();
	return {
		async stop() {
			const stopped = controllers.map(controller => controller.stop());
			life.abort();
			await Promise.all(Object.values(informers).map(({ended}) => ended));
			await Promise.all(stopped);
			await api.close();
		},
	};
}
