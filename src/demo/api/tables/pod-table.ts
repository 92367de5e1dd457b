import type {Condition} from '../../../domain/condition.ts';
import type {ContainerSpec, ContainerState, ContainerStatus, Pod, Termination} from '../../../domain/pod.ts';
import {podColumns} from '../../../domain/pod-columns.ts';
import {type JsonObject, numberAt, objectAt, objectsAt, textAt} from '../json.ts';
import {ageColumn, column, nameColumn, nameOf, orNone, type TableKind, wideColumn} from './table-kind.ts';

/** `kubectl get pods`: the cells are the same pure rule that the screen shows, so the two cannot disagree. */
export const podTable: TableKind = {
	columns: [
		nameColumn,
		column('Ready', 'How many of its containers are ready.'),
		column('Status', 'What its containers are doing, in a word.'),
		column('Restarts', 'How often its containers were restarted, and when last.'),
		ageColumn,
		wideColumn('IP', 'Its address in the cluster.'),
		wideColumn('Node', 'Where it runs.'),
		wideColumn('Nominated Node', 'Where room is being made for it.'),
		wideColumn('Readiness Gates', 'How many of its further conditions for readiness hold.'),
	],
	cells(object, now) {
		const {ready, status, restarts, age} = podColumns(parsePod(object), now);
		const ip = textAt(objectsAt(object, 'status', 'podIPs')[0], 'ip');
		const node = textAt(object, 'spec', 'nodeName');
		return [nameOf(object), ready, status, restarts, age, orNone(ip), orNone(node), orNone(textAt(object, 'status', 'nominatedNodeName')), gates(object)];
	},
	conditions(object) {
		const phase = textAt(object, 'status', 'phase');
		if (phase !== 'Succeeded' && phase !== 'Failed') return [];
		const message = phase === 'Succeeded' ? 'The pod has completed successfully.' : 'The pod failed.';
		return [{type: 'Completed', status: 'True', reason: phase, message}];
	},
};

function gates(object: JsonObject): string {
	const wanted = objectsAt(object, 'spec', 'readinessGates');
	if (wanted.length === 0) return '<none>';
	const conditions = objectsAt(object, 'status', 'conditions');
	const met = wanted.filter(({conditionType}) => conditions.find(({type}) => type === conditionType)?.status === 'True');
	return `${met.length}/${wanted.length}`;
}

function parsePod(object: JsonObject): Pod {
	return {
		uid: textAt(object, 'metadata', 'uid'),
		name: nameOf(object),
		namespace: '',
		resourceVersion: '',
		createdAt: timeAt(object, 'metadata', 'creationTimestamp'),
		deletedAt: timeAt(object, 'metadata', 'deletionTimestamp'),
		deletionGraceSeconds: undefined,
		finalizers: [],
		ownerUid: undefined,
		labels: {},
		nodeName: undefined,
		ip: undefined,
		phase: textAt(object, 'status', 'phase'),
		reason: textAt(object, 'status', 'reason'),
		message: '',
		conditions: objectsAt(object, 'status', 'conditions').map(parseCondition),
		schedulingGates: [],
		initContainers: objectsAt(object, 'spec', 'initContainers').map(parseContainer),
		containers: objectsAt(object, 'spec', 'containers').map(parseContainer),
		initContainerStatuses: objectsAt(object, 'status', 'initContainerStatuses').map(parseStatus),
		containerStatuses: objectsAt(object, 'status', 'containerStatuses').map(parseStatus),
	};
}

function parseCondition(condition: JsonObject): Condition {
	const {type, status, reason, message} = condition;
	return {
		type: String(type ?? ''),
		status: String(status ?? ''),
		reason: String(reason ?? ''),
		message: String(message ?? ''),
		lastTransitionAt: timeAt(condition, 'lastTransitionTime'),
	} as Condition;
}

function parseContainer(container: JsonObject): ContainerSpec {
	return {
		name: textAt(container, 'name'),
		image: '',
		sidecar: container.restartPolicy === 'Always',
		readinessProbe: undefined,
		livenessProbe: undefined,
		startupProbe: undefined,
		memoryLimit: undefined,
		ports: [],
	};
}

function parseStatus(status: JsonObject): ContainerStatus {
	const last = objectAt(status, 'lastState').terminated;
	return {
		name: textAt(status, 'name'),
		image: '',
		ready: status.ready === true,
		started: typeof status.started === 'boolean' ? status.started : undefined,
		restartCount: numberAt(status, 'restartCount') ?? 0,
		state: parseState(objectAt(status, 'state')),
		lastTermination: last === undefined ? undefined : parseTermination(last),
	};
}

function parseState({waiting, running, terminated}: JsonObject): ContainerState {
	if (waiting !== undefined) return {kind: 'waiting', reason: textAt(waiting, 'reason'), message: ''};
	if (running !== undefined) return {kind: 'running', startedAt: undefined};
	return terminated === undefined ? {kind: 'none'} : {kind: 'terminated', ...parseTermination(terminated)};
}

function parseTermination(termination: unknown): Termination {
	return {
		exitCode: numberAt(termination, 'exitCode') ?? 0,
		signal: numberAt(termination, 'signal') ?? 0,
		reason: textAt(termination, 'reason'),
		message: '',
		startedAt: undefined,
		finishedAt: timeAt(termination, 'finishedAt'),
	};
}

function timeAt(value: unknown, ...path: readonly string[]): number | undefined {
	const at = Date.parse(textAt(value, ...path));
	return Number.isNaN(at) ? undefined : at;
}
