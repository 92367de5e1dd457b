import {parseHolder} from '../../../src/cluster/argo/read-rollout.ts';
import {statusError} from '../../../src/cluster/http/status-error.ts';
import {parseApplication} from '../../../src/cluster/parse/application.ts';
import {parseArgoRollout} from '../../../src/cluster/parse/argo-rollout.ts';
import {parseAutoscaler} from '../../../src/cluster/parse/autoscaler.ts';
import {parseControllerRevision} from '../../../src/cluster/parse/controller-revision.ts';
import {parseDaemonSet} from '../../../src/cluster/parse/daemon-set.ts';
import {parseDisruptionBudget} from '../../../src/cluster/parse/disruption-budget.ts';
import {parseEndpointSlice} from '../../../src/cluster/parse/endpoint-slice.ts';
import {parseGateway, parseHttpRoute} from '../../../src/cluster/parse/gateway.ts';
import {parseIngress} from '../../../src/cluster/parse/ingress.ts';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parseKruiseRollout} from '../../../src/cluster/parse/kruise-rollout.ts';
import {parseNodePlaces} from '../../../src/cluster/parse/node-places.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {parseRevisionedPod} from '../../../src/cluster/parse/revisioned-pod.ts';
import {parseService} from '../../../src/cluster/parse/service.ts';
import {parseStatefulSet} from '../../../src/cluster/parse/stateful-set.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {
	autoscaler,
	disruptionBudget,
	endpointSlice,
	httpRoute,
	ingressPaths,
	k8sEvent,
	listeners,
	nodePlaces,
	pod,
	replicaSet,
	service,
} from './cluster-shapes.ts';
import type {Misfit, Shape} from './shape.ts';
import {application, argoRollout, daemonSet, deployment, kruiseRollout, statefulSet} from './workload-shapes.ts';

/** `misfit`: where what is made of an object is not what its type says. */
export type ParserUnderTest = {readonly name: string; readonly misfit: (raw: unknown) => Misfit; readonly drops: (raw: unknown) => boolean};

function parser<T>(name: string, parse: (raw: unknown) => T | undefined, shape: Shape<T>): ParserUnderTest {
	return {
		name,
		misfit(raw) {
			const parsed = parse(raw);
			return parsed === undefined ? undefined : shape.check(parsed, name);
		},
		drops: raw => parse(raw) === undefined,
	};
}

const holder = parser('parseHolder', parseHolder as typeof parseWorkload, deployment);

/** By the kind of the API's objects. */
export const parsers: Readonly<Record<string, readonly ParserUnderTest[]>> = {
	Deployment: [parser('parseWorkload', raw => parseWorkload(raw), deployment), holder],
	ReplicaSet: [parser('parseReplicaSet', parseReplicaSet, replicaSet), holder],
	Pod: [parser('parsePod', parsePod, pod), parser('parseRevisionedPod', parseRevisionedPod, pod)],
	Event: [parser('parseK8sEvent', parseK8sEvent, k8sEvent)],
	Service: [parser('parseService', parseService, service)],
	EndpointSlice: [parser('parseEndpointSlice', parseEndpointSlice, endpointSlice)],
	StatefulSet: [parser('parseStatefulSet', parseStatefulSet, statefulSet)],
	DaemonSet: [parser('parseDaemonSet', parseDaemonSet, daemonSet)],
	ControllerRevision: [parser('parseControllerRevision', parseControllerRevision, replicaSet)],
	Rollout: [parser('parseArgoRollout', parseArgoRollout, argoRollout), parser('parseKruiseRollout', parseKruiseRollout, kruiseRollout)],
	Application: [parser('parseApplication', parseApplication, application)],
	HorizontalPodAutoscaler: [parser('parseAutoscaler', parseAutoscaler, autoscaler)],
	PodDisruptionBudget: [parser('parseDisruptionBudget', parseDisruptionBudget, disruptionBudget)],
	Ingress: [parser('parseIngress', parseIngress, ingressPaths)],
	Gateway: [parser('parseGateway', parseGateway, listeners)],
	HTTPRoute: [parser('parseHttpRoute', parseHttpRoute, httpRoute)],
	Node: [parser('parseNodePlaces', parseNodePlaces, nodePlaces)],
};

/** All of them, and what reads a failure: given objects of other kinds than theirs, too. */
export const allParsers: readonly ParserUnderTest[] = [
	...Object.values(parsers).flat(),
	{
		name: 'statusError',
		drops: () => false,
		misfit(raw) {
			const {message, status, retryAfterMs} = statusError(raw, 500, '1');
			if (typeof message !== 'string' || /[\u0000-\u001f\u007f-\u009f]/.test(message)) return `statusError has the message ${JSON.stringify(message)}`;
			if (!Number.isFinite(status)) return `statusError has the status ${status}`;
			return retryAfterMs === undefined || (Number.isFinite(retryAfterMs) && retryAfterMs >= 0) ? undefined : `statusError waits ${retryAfterMs}`;
		},
	},
];
