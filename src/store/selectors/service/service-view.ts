import {counted} from '../../../domain/counted.ts';
import type {Service, ServicePort} from '../../../domain/service.ts';
import {selectorText} from '../../../domain/service-selector.ts';
import {countEndpoints} from '../../../domain/service-sides.ts';
import type {ServiceView, SideRow} from '../../service-views.ts';
import type {State} from '../../state.ts';
import type {HeaderView, Remark} from '../../views.ts';
import {connectionOf, heardSecondsAgo} from '../header-view.ts';
import type {RolloutFacts} from '../rollout-facts.ts';
import {pendingCommand} from '../rollout-view.ts';
import {endpointsOfService, isSelected, serviceOf} from './service-of.ts';
import {sideRows} from './side-rows.ts';

/** The watched Service and what stands behind it; undefined before it was seen, and after it was deleted. */
export function serviceView(state: State, factsOf: (name: string) => RolloutFacts | undefined): ServiceView | undefined {
	const service = serviceOf(state);
	if (service === undefined) return undefined;
	const sides = sideRows(state, factsOf);
	const endpoints = countEndpoints(endpointsOfService(state));
	return {
		name: service.name,
		type: service.type,
		ports: service.ports.map(portText),
		clusterIp: service.clusterIp,
		affinity: service.sessionAffinity === 'None' ? undefined : service.sessionAffinity,
		selector: Object.entries(service.selector).map(([name, value]) => ({name, value})),
		endpoints,
		pending: pendingCommand(state.command)?.kind === 'select' ? 'changing the selector…' : undefined,
		notes: notesOf(state, service, endpoints.ready, sides),
		sides,
	};
}

function portText({port, targetPort, nodePort, protocol, name}: ServicePort): string {
	const to = targetPort === undefined || targetPort === port ? '' : ` → ${targetPort}`;
	const words = [name === '' ? '' : `${name} `, String(port), protocol === 'TCP' ? '' : `/${protocol}`, to, nodePort === undefined ? '' : `, node ${nodePort}`];
	return words.join('');
}

/** Why nobody answers, and what can't be measured as people would expect. */
function notesOf(state: State, {selector, sessionAffinity}: Service, ready: number, sides: readonly SideRow[]): readonly Remark[] {
	const notes: Remark[] = [];
	const isKnown = state.streams.endpointslices.synced;
	if (Object.keys(selector).length === 0) notes.push({tone: 'change', text: 'It has no selector: its endpoints are made by hand or by somebody else.'});
	else if (isKnown && ready === 0) notes.push({tone: 'bad', text: whyNobody(sides)});
	if (sessionAffinity === 'ClientIP')
		notes.push({tone: 'change', text: 'Session affinity: one client always gets the same pod, so what one client measures is not what all get.'});
	return notes;
}

function whyNobody(sides: readonly SideRow[]): string {
	if (sides.every(({selected}) => !selected)) return 'No workload is selected: every request fails.';
	return 'No selected pod is ready: every request fails.';
}

/** The header of a Service's screen. */
export function serviceHeader(state: State, now: number, calm: boolean): HeaderView {
	const {target} = state;
	const service = serviceOf(state);
	return {
		context: target.context,
		namespace: target.namespace,
		target: `svc/${target.name}`,
		readOnly: state.guard.readOnly,
		connection: connectionOf(state, isServiceGone(state), neededStreams, now),
		heardSecondsAgo: heardSecondsAgo(state, now),
		clock: {at: now, seconds: !calm},
		images: {from: undefined, to: ''},
		revision: {from: undefined, to: undefined},
		changeCause: undefined,
		summary: service === undefined ? undefined : summaryOf(state, service),
	};
}

const neededStreams = ['services', 'workloads', 'revisions', 'pods', 'endpointslices'] as const;

function summaryOf(state: State, service: Service): string {
	const {ready} = countEndpoints(endpointsOfService(state));
	const behind = [...state.workloads.values()].filter(({workload, gone}) => !gone && isSelected(state, workload)).length;
	const selector = selectorText(service.selector);
	return `${selector === '' ? 'no selector' : selector} → ${counted(behind, 'workload')}, ${counted(ready, 'ready endpoint')}`;
}

/** It was listed, and is not there (any more). */
export function isServiceGone(state: State): boolean {
	return state.streams.services.synced && serviceOf(state) === undefined;
}
