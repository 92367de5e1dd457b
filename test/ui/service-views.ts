import type {ServiceSelector} from '../../src/domain/service-selector.ts';
import type {ConfirmView} from '../../src/store/confirm-views.ts';
import type {ServiceView, SideRow} from '../../src/store/service-views.ts';
import type {ScreenView} from '../../src/store/views.ts';
import type {ScreenPorts} from '../../src/ui/ports.ts';
import {blocked, entry, mix, mixOff, mixRow, pod, undoConfirm} from './views.ts';

/** Views as the selectors make them for a Service, in the situations of the two-deployments scenario. */

const endpoints = (ready: number, more: Partial<SideRow['endpoints']> = {}) => ({ready, serving: ready, terminating: 0, unready: 0, ...more});

export const oldSide: SideRow = {
	kind: 'workload',
	name: 'nginx-dm',
	selected: true,
	phase: 'complete',
	word: 'COMPLETE',
	tone: 'good',
	ready: 6,
	desired: 6,
	updated: 6,
	endpoints: endpoints(6),
	expectedShare: 6 / 7,
	measured: {count: 51, share: 0.85, expectedShare: 6 / 7},
	images: 'nginx:1.16.1',
};

export const newSide: SideRow = {
	...oldSide,
	name: 'nginx-v2',
	ready: 1,
	desired: 1,
	updated: 1,
	endpoints: endpoints(1),
	expectedShare: 1 / 7,
	measured: {count: 9, share: 0.15, expectedShare: 1 / 7},
	images: 'nginx:1.18.0',
};

export const nginxService: ServiceView = {
	name: 'nginx-svc',
	type: 'NodePort',
	ports: ['80, node 31180'],
	clusterIp: '10.96.71.130',
	affinity: undefined,
	selector: [{name: 'app', value: 'nginx-web'}],
	endpoints: endpoints(7),
	pending: undefined,
	notes: [],
	sides: [oldSide, newSide],
};

const nginxPod = (name: string, revision = 1) => pod({name, revision, isNew: true, answers: 8});

/** 6 × 1.16.1 and a canary of 1.18.0 behind one selector. */
export const canary: ScreenView = {
	...blocked,
	isStuck: false,
	kind: 'service',
	abilities: {},
	header: {
		...blocked.header,
		target: 'svc/nginx-svc',
		images: {from: undefined, to: ''},
		revision: {from: undefined, to: undefined},
		changeCause: undefined,
		summary: 'app=nginx-web → 2 workloads, 7 ready endpoints',
	},
	rollout: undefined,
	service: nginxService,
	replicaSets: [],
	mix: {
		...mix,
		target: 'svc/nginx-svc',
		rows: [
			mixRow({label: '1.16.1', count: 51, share: 0.85, expectedShare: 6 / 7, slot: 0, interval: {low: 0.74, high: 0.92}}),
			mixRow({label: '1.18.0', count: 9, share: 0.15, expectedShare: 1 / 7, slot: 1, interval: {low: 0.08, high: 0.26}}),
		],
		strip: Array.from({length: 60}, (_, index) => (index % 7 === 3 ? 1 : 0)),
		rule: {name: 'auto:header', text: 'version by a header', tone: 'quiet'},
		downtime: undefined,
	},
	pods: [...['6dgkx', 'cmslm', 'd6kcd', 'h2p8t', 'qjf8q', 'sbpcf'].map(end => nginxPod(`nginx-dm-c9694bcf6-${end}`)), nginxPod('nginx-v2-85768cd9c7-zcz5z')],
	timeline: [
		entry(16, 'first-answer', 'change', 'first answer from 1.18.0'),
		entry(20, 'first-answer', 'change', 'first answer from 1.16.1'),
		entry(240, 'scaled', 'change', 'scaled up replica set nginx-v2-85768cd9c7 from 0 to 1', 'nginx-v2'),
	],
};

/** The selector asks for `version: v2`: the old side gets nothing any more. One of its pods crashes, and one pod of nobody answers, too. */
export const moved: ScreenView = {
	...canary,
	header: {...canary.header, summary: 'app=nginx-web,version=v2 → 1 workload, 4 ready endpoints'},
	service: {
		...nginxService,
		selector: [...nginxService.selector, {name: 'version', value: 'v2'}],
		endpoints: endpoints(4, {serving: 5, terminating: 1, unready: 1}),
		sides: [
			{
				...oldSide,
				selected: false,
				ready: 4,
				endpoints: endpoints(0),
				expectedShare: 0,
				measured: {count: 12, share: 0.2, expectedShare: 0.24},
				phase: 'stalled',
				word: 'STALLED',
				tone: 'bad',
			},
			{
				...newSide,
				phase: 'progressing',
				word: 'PROGRESSING',
				tone: 'change',
				ready: 3,
				desired: 6,
				updated: 5,
				endpoints: endpoints(3, {serving: 4, terminating: 1, unready: 1}),
				expectedShare: 0.75,
				measured: {count: 40, share: 2 / 3, expectedShare: 0.62},
			},
			{
				...oldSide,
				kind: 'other',
				name: 'other pods (1)',
				phase: undefined,
				word: '',
				tone: 'quiet',
				ready: 1,
				desired: 1,
				endpoints: endpoints(1),
				expectedShare: 0.25,
				measured: undefined,
				images: '',
			},
		],
	},
	pods: [pod({name: 'nginx-dm-c9694bcf6-6dgkx', ready: '0/1', status: 'CrashLoopBackOff', tone: 'bad', restarts: '4 (20s ago)'}), ...canary.pods.slice(1)],
	timeline: [
		entry(3, 'selector', 'change', 'the Service selects app=nginx-web,version=v2 now (before: app=nginx-web)'),
		entry(9, 'scaled', 'change', 'scaled from 1 to 6 replicas', 'nginx-v2'),
		...canary.timeline,
	],
};

/** What `s` and a number show. */
export const scaleConfirm = (replicas: number): ConfirmView => ({
	...undoConfirm,
	command: {kind: 'scale', replicas, from: 1, workload: 'nginx-v2'},
	title: `Scale nginx-v2 to ${replicas}?`,
	object: 'deployment.apps/nginx-v2',
	changes: [
		{label: 'spec.replicas', from: '1', to: String(replicas)},
		{label: 'nginx-dm gets', from: '86%', to: `${Math.round(600 / (6 + replicas))}%`},
		{label: 'nginx-v2 gets', from: '14%', to: `${Math.round((100 * replicas) / (6 + replicas))}%`},
	],
	notes: ['What each gets is by ready endpoints, once all of its pods are ready.'],
	kubectl: `kubectl --context=prod-eu --namespace=web scale deployment/nginx-v2 --current-replicas=1 --replicas=${replicas}`,
});

/** What another selector shows. */
export const selectorConfirm = (selector: ServiceSelector): ConfirmView => ({
	...undoConfirm,
	command: {kind: 'select', selector, resourceVersion: '14'},
	title: 'Change the selector of nginx-svc?',
	object: 'service/nginx-svc',
	changes: [
		{label: 'selector version', from: '(not asked for)', to: selector.version ?? '(not asked for)'},
		{label: 'nginx-dm gets', from: '86%', to: '0%'},
		{label: 'nginx-v2 gets', from: '14%', to: '100%'},
	],
	list: {title: '1 pod will match, 1 ready', lines: [{tone: 'good', text: 'nginx-v2-85768cd9c7-zcz5z  ready'}]},
	notes: ['Requests go by the new selector within a moment; those that are under way end where they are.'],
	kubectl: 'kubectl --context=prod-eu --namespace=web set selector service/nginx-svc app=nginx-web,version=v2 --resource-version=14',
});

/** Answers to what the editors ask for. */
export const servicePorts: Partial<ScreenPorts> = {
	scaleOf: (name = 'nginx-v2') => ({name, replicas: 1}),
	confirmOf: command => {
		if (command.kind === 'scale')
			return command.replicas === 1
				? {refusal: {message: 'nginx-v2 is already to have 1 replica', hint: 'type another number'}}
				: scaleConfirm(command.replicas);
		if (command.kind !== 'select') return undoConfirm;
		const labels = Object.keys(command.selector);
		if (labels.length === 0) return {refusal: {message: 'an empty selector selects no pods: every request would fail', hint: 'keep at least one label'}};
		return labels.length === 1 && command.selector.app === 'nginx-web'
			? {refusal: {message: 'this is its selector already', hint: undefined}}
			: selectorConfirm(command.selector);
	},
};

/** Nobody is selected, and nothing is measured. */
export const nobody: ScreenView = {
	...canary,
	header: {...canary.header, summary: 'app=nobody → 0 workloads, 0 ready endpoints'},
	service: {
		...nginxService,
		selector: [{name: 'app', value: 'nobody'}],
		endpoints: endpoints(0),
		notes: [{tone: 'bad', text: 'No workload is selected: every request fails.'}],
		sides: [],
	},
	mix: {...mixOff, target: 'svc/nginx-svc'},
	pods: [],
	timeline: [],
};
