import type {Application} from '../../release.ts';
import type {Deployment} from '../../workload.ts';
import {steeredDeployment} from '../kruise/steered.ts';
import {workflowStanding} from './standing.ts';

/** A Deployment as it truly stands while an Application steers it, through a Rollout that it applied or by itself. */
export function deploymentOfApplication(deployment: Deployment, application: Application, second: Deployment | undefined): Deployment {
	const {rollout} = application;
	const below = rollout === undefined ? deployment : steeredDeployment(deployment, rollout, second);
	return {...below, paused: below.paused || workflowStanding(application).kind === 'suspended', release: application};
}

/** What stands in for the Deployment while the workflow waits before it has made one: nothing runs, nothing is asked for. */
export function unmadeDeployment(application: Application): Deployment {
	const {uid, name, namespace, resourceVersion, labels, annotations} = application;
	return {
		kind: 'Deployment',
		...{uid, name, namespace, resourceVersion, labels, annotations},
		createdAt: undefined,
		deletedAt: undefined,
		generation: 0,
		observedGeneration: 0,
		paused: false,
		revisionText: undefined,
		selector: {},
		selectorQuery: '',
		template: {raw: {}, labels: {}, images: []},
		strategy: {type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%'},
		minReadySeconds: 0,
		progressDeadlineSeconds: undefined,
		specReplicas: 0,
		replicas: {desired: 0, current: 0, updated: 0, ready: 0, available: 0, unavailable: 0, terminating: undefined},
		conditions: [],
	};
}
