import type {MixColumn} from '../../src/domain/mix/mix-history.ts';
import {unknownRights} from '../../src/domain/rights.ts';
import type {TimelineEntry, TimelineKind} from '../../src/domain/timeline-entry.ts';
import type {ConfirmView} from '../../src/store/confirm-views.ts';
import type {DiffView, RevisionRow, StepsView} from '../../src/store/revision-views.ts';
import type {
	Abilities,
	AgreementView,
	GuardView,
	MixRow,
	MixView,
	PodDetailsView,
	PodRow,
	ReplicaSetRow,
	RolloutView,
	RouteRow,
	ScreenView,
} from '../../src/store/views.ts';
import type {ShownHistory} from '../../src/ui/dialogs/mix.ts';

/** Views as the selectors make them, for the situations of the kubia and nginx scenarios. */

export const at = Date.UTC(2026, 10, 21, 14, 3, 22);

export const pod = (change: Partial<PodRow> & {name: string}): PodRow => ({
	uid: change.name,
	revision: 2,
	isNew: false,
	ready: '1/1',
	status: 'Running',
	restarts: '0',
	createdAt: at - 12 * 60_000,
	ip: '10.1.0.21',
	node: 'node-2',
	answers: 0,
	failures: 0,
	tone: 'good',
	own: undefined,
	...change,
});

export const entry = (secondsAgo: number, kind: TimelineKind, tone: TimelineEntry['tone'], text: string, subject?: string): TimelineEntry => ({
	at: at - secondsAgo * 1000,
	kind,
	tone,
	subject,
	text,
	count: 1,
});

const sets: readonly ReplicaSetRow[] = [
	{name: 'kubia-7c9d5f7b9d', revision: 3, current: true, desired: 1, currentReplicas: 1, ready: 0, age: '102s'},
	{name: 'kubia-6b8f7c5d4f', revision: 2, current: false, desired: 3, currentReplicas: 3, ready: 3, age: '12m'},
	{name: 'kubia-59dbb84c6b', revision: 1, current: false, desired: 0, currentReplicas: 0, ready: 0, age: '31m'},
];

export const mixRow = (change: Partial<MixRow> & {label: string}): MixRow => ({
	kind: 'version',
	count: 1,
	share: 1,
	expectedShare: undefined,
	revision: undefined,
	detail: undefined,
	slot: 0,
	interval: undefined,
	failures: 0,
	latencyMs: undefined,
	...change,
});

export const mix: MixView = {
	mode: 'running',
	target: 'svc/kubia',
	offReason: undefined,
	route: 'API proxy',
	intervalMs: 1000,
	windowSeconds: 60,
	samples: 60,
	rows: [
		mixRow({label: 'v2', count: 56, share: 56 / 60, expectedShare: 1, revision: 2, slot: 0, interval: {low: 0.841, high: 0.974}}),
		mixRow({label: 'v3', count: 2, share: 2 / 60, expectedShare: 0, revision: 3, slot: 1, interval: {low: 0.009, high: 0.114}, failures: 2}),
		mixRow({label: '500', kind: 'failure', count: 2, share: 2 / 60, detail: '500 ×2 from kubia-7c9d5f7b9d-x2x7k', slot: -1}),
	],
	strip: [...Array.from({length: 46}, (_, index) => (index === 11 || index === 24 ? 1 : index === 18 || index === 28 ? -1 : 0))],
	latencyMs: {p50: 3, p95: 9, p99: 14},
	rule: {name: 'auto:word', text: 'version by the word in the body: “This is v2”', tone: 'quiet'},
	pace: undefined,
	verdict: {tone: 'good', text: 'as expected'},
	downtime: {tone: 'bad', text: '2 of 60 requests failed: 2 × 500 within 9 s'},
	remarks: [],
	outages: [],
	total: undefined,
	targets: [],
};

export const mixOff: MixView = {
	...mix,
	mode: 'off',
	route: undefined,
	samples: 0,
	rows: [],
	strip: [],
	latencyMs: undefined,
	rule: {name: undefined, text: '', tone: 'quiet'},
	verdict: undefined,
	downtime: undefined,
};

const kubiaPods: readonly PodRow[] = [
	pod({
		name: 'kubia-7c9d5f7b9d-x2x7k',
		revision: 3,
		isNew: true,
		ready: '0/1',
		createdAt: at - 100_000,
		ip: '10.1.0.24',
		node: 'node-1',
		answers: 2,
		failures: 2,
		tone: 'bad',
	}),
	pod({name: 'kubia-6b8f7c5d4f-4wzzp', answers: 19}),
	pod({name: 'kubia-6b8f7c5d4f-9qkfd', answers: 18, ip: '10.1.0.22', node: 'node-1'}),
	pod({name: 'kubia-6b8f7c5d4f-tt2xm', answers: 19, ip: '10.1.0.23', node: 'node-1'}),
];

const blockedTimeline: readonly TimelineEntry[] = [
	entry(14, 'unready', 'bad', 'became unready: HTTP probe failed with statuscode: 500', 'kubia-7c9d5f7b9d-x2x7k'),
	entry(27, 'first-answer', 'change', 'first answer from v3'),
	entry(31, 'ready', 'good', 'became ready', 'kubia-7c9d5f7b9d-x2x7k'),
	entry(33, 'running', 'change', 'runs, not ready yet', 'kubia-7c9d5f7b9d-x2x7k'),
	entry(98, 'pulling', 'quiet', 'pulls luksa/kubia:v3', 'kubia-7c9d5f7b9d-x2x7k'),
	entry(100, 'scheduled', 'quiet', 'scheduled to node-1', 'kubia-7c9d5f7b9d-x2x7k'),
	entry(101, 'created', 'quiet', 'created', 'kubia-7c9d5f7b9d-x2x7k'),
	entry(102, 'revision-began', 'change', 'revision 3 began: image luksa/kubia:v2 → v3'),
];

const progressing: RolloutView = {
	phase: 'progressing',
	word: 'PROGRESSING',
	tone: 'change',
	busy: true,
	message: 'Waiting for deployment "kubia" rollout to finish: 1 out of 3 new replicas have been updated...',
	lanes: [
		{label: 'new', filled: 1, whole: 3, text: '1/3 updated · 0 ready · 0 available'},
		{label: 'old', filled: 3, whole: 3, text: '3/3 left · 0 terminating'},
	],
	surge: {used: 1, allowed: 1},
	unavailable: {used: 0, allowed: 0},
	elapsed: '1m42s',
	notes: [
		{tone: 'bad', text: 'kubia-7c9d5f7b9d-x2x7k is not ready: readiness probe GET :8080/ answered 500 (12 times in 14 s).'},
		{tone: 'quiet', text: 'The rollout cannot go on. Deadline in 8m18s. → u undo to revision 2   p pause'},
	],
};

/** What a Deployment can't, whatever it does. */
const noSteps: Abilities = {
	continue: 'a Deployment can’t be continued: it has no steps; r resumes what is paused',
	'promote-full': 'a Deployment can’t be promoted: it has no steps',
	abort: 'a Deployment can’t be aborted: it has no steps',
	retry: 'a Deployment can’t be retried: it has no steps',
	'to-step': 'a Deployment can’t go to a step: it has none',
	'set-partition': 'a Deployment can’t be given a partition',
};
const moving: Abilities = {...noSteps, resume: 'not paused; nothing to resume'};

/** Nothing is forbidden. */
const open: GuardView = {readOnly: false, isProtected: false, rights: unknownRights, subject: {kind: 'Deployment'}};

/** v3 of kubia is blocked: the picture of DESIGN. */
export const blocked: ScreenView = {
	header: {
		context: 'prod-eu',
		namespace: 'web',
		target: 'deploy/kubia',
		connection: {kind: 'live', text: 'LIVE'},
		heardSecondsAgo: 0,
		clock: {at, seconds: true},
		images: {from: 'luksa/kubia:v2', to: 'luksa/kubia:v3'},
		revision: {from: 2, to: 3},
		changeCause: 'kubectl set image deployment/kubia kubia=luksa/kubia:v3',
	},
	kind: 'workload',
	rollout: progressing,
	abilities: moving,
	service: undefined,
	behind: undefined,
	replicaSets: sets,
	mix,
	podsAt: at,
	pods: kubiaPods,
	podsAsked: false,
	timeline: blockedTimeline,
	conditions: [],
	notice: undefined,
	agreement: undefined,
	hint: undefined,
	failing: undefined,
	isStuck: true,
	gone: false,
	...open,
};

/** Everything is rolled out and quiet. */
export const complete: ScreenView = {
	...blocked,
	isStuck: false,
	header: {
		...blocked.header,
		heardSecondsAgo: 23,
		clock: {at, seconds: false},
		images: {from: undefined, to: 'luksa/kubia:v2'},
		revision: {from: undefined, to: 2},
		changeCause: undefined,
	},
	rollout: {
		...progressing,
		phase: 'complete',
		word: 'COMPLETE',
		tone: 'good',
		busy: false,
		message: 'deployment "kubia" successfully rolled out',
		lanes: [{label: 'new', filled: 3, whole: 3, text: '3/3 updated · 3 ready · 3 available'}],
		surge: {used: 0, allowed: 1},
		elapsed: undefined,
		notes: [],
	},
	replicaSets: sets.slice(1).map((set, index) => ({...set, current: index === 0})),
	mix: mixOff,
	podsAt: at,
	pods: kubiaPods.slice(1).map(one => ({...one, isNew: true, answers: 0})),
	timeline: [entry(720, 'complete', 'good', 'revision 2 is complete')],
};

const nginxPods: readonly PodRow[] = [
	pod({
		name: 'nginx-dm-66b6c48dd5-8h2vp',
		revision: 2,
		isNew: true,
		ready: '0/1',
		status: 'Pending',
		createdAt: at - 48_000,
		ip: '<none>',
		node: '<none>',
		tone: 'change',
	}),
	pod({name: 'nginx-dm-66b6c48dd5-kx7dn', revision: 2, isNew: true, createdAt: at - 48_000, ip: '10.1.0.31', answers: 17}),
	pod({name: 'nginx-dm-66b6c48dd5-zq4lt', revision: 2, isNew: true, createdAt: at - 48_000, ip: '10.1.0.32', answers: 16}),
	...['2vxlp', '6h8wd', 'bcnnm', 'qs7rt', 'wjx4c'].map((suffix, index) =>
		pod({name: `nginx-dm-5d59d67564-${suffix}`, revision: 1, ip: `10.1.0.${41 + index}`, answers: 5}),
	),
];

/** nginx with six replicas, paused at eight pods. */
export const paused: ScreenView = {
	...blocked,
	isStuck: false,
	header: {
		...blocked.header,
		context: 'kind-lab',
		target: 'deploy/nginx-dm',
		clock: {at, seconds: true},
		images: {from: 'nginx:1.16.1', to: 'nginx:1.18.0'},
		revision: {from: 1, to: 2},
		changeCause: undefined,
	},
	abilities: {
		...noSteps,
		pause: 'already paused; resume it to let the rollout go on',
		restart: "can't restart paused deployment (run rollout resume first); resume first, then restart",
	},
	rollout: {
		phase: 'paused',
		word: 'PAUSED',
		tone: 'change',
		busy: false,
		message: 'Waiting for deployment "nginx-dm" rollout to finish: 3 out of 6 new replicas have been updated...',
		lanes: [
			{label: 'new', filled: 3, whole: 6, text: '3/6 updated · 2 ready · 2 available'},
			{label: 'old', filled: 5, whole: 6, text: '5/6 left · 0 terminating'},
		],
		surge: {used: 2, allowed: 2},
		unavailable: {used: 0, allowed: 1},
		elapsed: '48s',
		notes: [{tone: 'change', text: 'Paused for 44s. 3 pods of revision 2 and 5 of revision 1 stay until r resumes.'}],
	},
	replicaSets: [
		{name: 'nginx-dm-66b6c48dd5', revision: 2, current: true, desired: 3, currentReplicas: 3, ready: 2, age: '48s'},
		{name: 'nginx-dm-5d59d67564', revision: 1, current: false, desired: 5, currentReplicas: 5, ready: 5, age: '9m12s'},
	],
	mix: {
		...mix,
		target: 'http://10.0.0.5:31180',
		route: undefined,
		rows: [
			mixRow({label: 'nginx/1.18.0', count: 33, share: 33 / 58, expectedShare: 2 / 7, slot: 0, interval: {low: 0.441, high: 0.688}}),
			mixRow({label: 'nginx/1.16.1', count: 25, share: 25 / 58, expectedShare: 5 / 7, slot: 1, interval: {low: 0.312, high: 0.559}}),
		],
		samples: 58,
		verdict: {tone: 'bad', text: 'more nginx/1.18.0 than its share (p<0.001)'},
		downtime: {tone: 'quiet', text: 'no failed request in 58'},
		strip: Array.from({length: 58}, (_, index) => ((index * 7) % 3 === 0 ? 0 : 1)),
		rule: {name: 'auto:header', text: 'version by the header Server', tone: 'quiet'},
	},
	podsAt: at,
	pods: nginxPods,
	podsAsked: false,
	timeline: [entry(44, 'paused', 'change', 'paused'), entry(48, 'revision-began', 'change', 'revision 2 began: image nginx:1.16.1 → 1.18.0')],
};

/** The deadline has passed. */
export const stalled: ScreenView = {
	...blocked,
	rollout: {
		...progressing,
		phase: 'stalled',
		word: 'STALLED',
		tone: 'bad',
		busy: false,
		message: 'deployment "kubia" exceeded its progress deadline',
		elapsed: '10m02s',
	},
	mix: {...mix, rule: {name: 'body', text: '--version-from body:release=(.*) has never matched', tone: 'bad'}},
};

/** The connection was lost. */
export const lost: ScreenView = {
	...blocked,
	header: {...blocked.header, connection: {kind: 'lost', text: 'LOST for 14s'}, heardSecondsAgo: 14},
	conditions: (['rollout', 'revisions', 'pods'] as const).map(panel => ({
		panel,
		condition: {kind: 'lost', since: at - 14_000, reason: 'connection refused', retryAt: at + 4000},
		text: 'lost 14s ago, next try in 4s',
	})),
};

/** Pods may not be read. */
export const forbidden: ScreenView = {
	...blocked,
	pods: [],
	podsAsked: false,
	conditions: [
		{
			panel: 'pods',
			condition: {kind: 'forbidden', since: at, reason: 'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "web"'},
			text: 'not permitted',
		},
	],
};

/** Nothing has been read yet. */
export const empty: ScreenView = {
	header: {
		...blocked.header,
		connection: {kind: 'syncing', text: 'SYNCING'},
		heardSecondsAgo: undefined,
		images: {from: undefined, to: '…'},
		revision: {from: undefined, to: undefined},
		changeCause: undefined,
	},
	kind: 'workload',
	rollout: undefined,
	abilities: {},
	service: undefined,
	behind: undefined,
	replicaSets: [],
	mix: {...mixOff, target: undefined},
	podsAt: at,
	pods: [],
	podsAsked: false,
	timeline: [],
	conditions: (['rollout', 'revisions', 'pods', 'timeline'] as const).map(panel => ({panel, condition: {kind: 'syncing', since: at}, text: 'reading…'})),
	notice: undefined,
	agreement: undefined,
	hint: undefined,
	failing: undefined,
	isStuck: false,
	gone: false,
	...open,
};

export const undoConfirm: ConfirmView = {
	command: {kind: 'undo', toRevision: undefined},
	title: 'Undo to revision 2?',
	context: 'prod-eu',
	server: 'https://10.20.30.40:6443',
	namespace: 'web',
	object: 'deployment.apps/kubia',
	changes: [
		{label: 'revision', from: '3', to: '2 (becomes 4)'},
		{label: 'image kubia', from: 'luksa/kubia:v3', to: 'luksa/kubia:v2'},
		{label: 'env MODE', from: 'canary', to: '(none)'},
	],
	keeps: ['3 replicas', 'autoscaler kubia (2 to 10)', 'ConfigMap kubia-config'],
	facts: [],
	notes: ['It was made with `kubectl apply`: the next apply of the same file will revert this.'],
	kubectl: 'kubectl --context=prod-eu --namespace=web rollout undo deployment/kubia',
	typeName: undefined,
};

/** What `templateDiff` gives for two revisions of one container. */
export const diff: DiffView = {
	from: 'revision 3 (now)',
	to: 'revision 2',
	added: 3,
	removed: 3,
	masked: true,
	lines: [
		{kind: 'place', text: ''},
		{kind: 'same', text: 'spec:'},
		{kind: 'same', text: '  containers:'},
		{kind: 'same', text: '    - name: kubia'},
		{kind: 'removed', text: '      image: luksa/kubia:v3'},
		{kind: 'added', text: '      image: luksa/kubia:v2'},
		{kind: 'same', text: '      args:'},
		{kind: 'same', text: '        - --listen=0.0.0.0:8080'},
		{kind: 'place', text: 'spec.containers[kubia].env'},
		{kind: 'same', text: '        - name: DB_PASSWORD'},
		{kind: 'removed', text: '          value: ••••••'},
		{kind: 'added', text: '          value: •••••• (differs)'},
		{kind: 'same', text: '        - name: GREETING'},
		{kind: 'removed', text: `          value: ${'good morning, '.repeat(8)}`},
		{kind: 'added', text: `          value: ${'good evening, '.repeat(8)}`},
		{kind: 'same', text: '      ports:'},
		{kind: 'same', text: '        - containerPort: 8080'},
	],
};

/** The rollout to revision 3 is stuck; nobody wrote a cause for it. */
export const revisions: readonly RevisionRow[] = [
	{
		revision: 3,
		replicaSet: 'kubia-7c9d5f7b9d',
		images: ['luksa/kubia:v3'],
		changeCause: 'kubectl set image deployment/kubia kubia=luksa/kubia:v2 --record=true',
		isCauseStale: true,
		current: true,
		differs: [],
		age: '102s',
		lastActive: {when: 'now', lasted: '102s'},
		formerNumbers: [],
		lastAvailable: undefined,
		ready: 0,
	},
	{
		revision: 2,
		replicaSet: 'kubia-6b8f7c5d4f',
		images: ['luksa/kubia:v2'],
		changeCause: 'kubectl set image deployment/kubia kubia=luksa/kubia:v2 --record=true',
		isCauseStale: false,
		current: false,
		differs: ['image v3→v2', 'env LEVEL', 'env DB_PASSWORD', 'probes', 'resources', 'volumes'],
		age: '12m',
		lastActive: {when: 'now', lasted: '12m'},
		formerNumbers: [],
		lastAvailable: {uid: 'b', evidence: 'seen', at: at - 102_000},
		ready: 3,
	},
	{
		revision: 1,
		replicaSet: 'kubia-59dbb84c6b',
		images: ['luksa/kubia:v1'],
		changeCause: undefined,
		isCauseStale: false,
		current: false,
		differs: ['image v3→v1', 'env LEVEL'],
		age: '31m',
		lastActive: {when: '≈12m ago', lasted: '≈19m'},
		formerNumbers: [],
		lastAvailable: undefined,
		ready: 0,
	},
];

/** As a history with undos looks. */
export const longHistory: readonly RevisionRow[] = [
	...revisions,
	{
		...(revisions[2] as RevisionRow),
		revision: 0,
		replicaSet: 'kubia-first',
		formerNumbers: [2, 4],
		differs: [],
		lastActive: undefined,
		age: '3d',
	},
].map((row, index) => ({...row, revision: 12 - index}));

export const steps: StepsView = {
	name: 'kubia',
	rows: [
		{revision: 7, change: ['image v2→v3', 'env LEVEL'], changeCause: 'release 3', lastActive: {when: 'now', lasted: '102s'}, missing: 0},
		{revision: 6, change: ['resources', 'probes'], changeCause: undefined, lastActive: {when: '≈102s ago', lasted: '≈12m'}, missing: 2},
		{revision: 3, change: ['image v1→v2'], changeCause: 'release 2', lastActive: {when: '≈3h ago', lasted: undefined}, missing: 0},
		{revision: 1, change: undefined, changeCause: undefined, lastActive: undefined, missing: 0},
	],
};

export const podDetails: PodDetailsView = {
	name: 'kubia-7c9d5f7b9d-x2x7k',
	lines: [
		{label: 'status', value: 'Running, not ready', tone: 'bad'},
		{label: 'revision', value: '3 (kubia-7c9d5f7b9d)', tone: 'quiet'},
		{label: 'node', value: 'node-1', tone: 'quiet'},
		{label: 'ip', value: '10.1.0.24', tone: 'quiet'},
	],
	containers: [
		{
			name: 'kubia',
			image: 'luksa/kubia:v3',
			state: 'running for 98s',
			ready: false,
			restarts: 0,
			probe: 'readiness GET :8080/ every 1s, fails after 3',
			tone: 'bad',
		},
		{name: 'sidecar', image: 'envoy:1.31', state: 'running for 98s', ready: true, restarts: 1, probe: undefined, tone: 'good'},
	],
	conditions: [
		{type: 'PodScheduled', status: 'True', reason: '', message: ''},
		{type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [kubia]'},
	],
	events: [
		{age: '2s', type: 'Warning', reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 500', count: 12},
		{age: '98s', type: 'Normal', reason: 'Started', message: 'Started container kubia', count: 1},
	],
};

/** A roll from v2 to v3 with three failures and a pause in the sampling; a column is at least as long as the finest there is. */
export const mixHistory = (seconds: number, most: number): ShownHistory => {
	const columnSeconds = Math.ceil(seconds / Math.max(1, most));
	const length = Math.ceil(seconds / columnSeconds);
	const columns = Array.from({length}, (_, index): MixColumn => {
		const done = index / length;
		const startAt = at - (length - index) * columnSeconds * 1000;
		if (done > 0.3 && done < 0.34) return {startAt, versions: new Map(), unrecognised: 0, failures: 0, samples: 0, isGap: true};
		const newer = Math.round(10 * Math.min(1, Math.max(0, (done - 0.4) * 3)));
		const counts = [[0, 10 - newer] as const, [1, newer] as const].filter(([, count]) => count > 0);
		return {startAt, versions: new Map(counts), unrecognised: 0, failures: Math.floor(done * 20) === 9 ? 2 : 0, samples: 10, isGap: false};
	});
	return {seconds, now: at, columnSeconds, columns};
};

const measured = (label: string, slot: number, count: number, failures: number): MixRow =>
	mixRow({
		label,
		slot,
		count,
		failures,
		share: count / 60,
		expectedShare: label === 'v2' ? 2 / 3 : 1 / 3,
		revision: slot + 2,
		interval: {low: Math.max(0, count / 60 - 0.12), high: count / 60 + 0.12},
		latencyMs: {p50: 3 + slot, p95: 9 + slot * 11, p99: 14 + slot * 40},
	});

/** Two targets, one of them judged; everything that can be said. */
export const mixInFull: MixView = {
	...mix,
	rows: [
		measured('v2', 0, 38, 0),
		measured('v3', 1, 20, 2),
		mixRow({label: 'http-500', kind: 'failure', count: 2, share: 2 / 60, detail: '500 ×2 from kubia-7c9d5f7b9d-x2x7k', slot: -1}),
	],
	remarks: [
		{tone: 'bad', text: 'v3 fails 9% of its requests, v2 none'},
		{tone: 'quiet', text: 'v3 is about as fast as v2'},
	],
	outages: [
		{at: at - 14_000, tone: 'bad', text: '2 × 500 within 1.2 s while kubia-7c9d5f7b9d-x2x7k was unready'},
		{at: at - 150_000, tone: 'bad', text: 'no answer for 4.1 s (5 × refused)'},
	],
	total: {
		since: at - 5_400_000,
		rows: [measured('v2', 0, 41_200, 12), measured('v3', 1, 640, 9)].map(row => {
			const share = row.count / 41_840;
			return {...row, share, interval: {low: share - 0.002, high: share + 0.002}};
		}),
	},
	targets: [
		{
			id: 0,
			target: 'svc/kubia',
			chosen: true,
			samples: 60,
			rows: [measured('v2', 0, 38, 0), measured('v3', 1, 20, 2)],
			verdict: {tone: 'good', text: 'as expected'},
		},
		{
			id: 1,
			target: 'svc/kubia-canary',
			chosen: false,
			samples: 58,
			rows: [measured('v3', 1, 58, 0)],
			verdict: {tone: 'bad', text: 'more v3 than its share (p<0.01)'},
		},
	],
};

/** What a cluster with all kinds of addresses offers. */
export const routes: readonly RouteRow[] = [
	{
		id: 'service-proxy',
		title: 'API server’s proxy of the Service',
		target: 'svc/kubia',
		measures: 'a random ready endpoint for each request',
		not: 'session affinity, kube-proxy and weights of a mesh; it is load for the API server',
		asks: false,
		unavailable: undefined,
		current: true,
	},
	{
		id: 'node-port',
		title: 'NodePort',
		target: 'http://172.18.0.3:31180',
		measures: 'what kube-proxy on that node gives',
		not: 'the load balancer in front of it',
		asks: false,
		unavailable: undefined,
		current: false,
	},
	{
		id: 'load-balancer',
		title: 'Load balancer',
		target: '',
		measures: '',
		not: '',
		asks: false,
		unavailable: 'the Service is of type NodePort',
		current: false,
	},
	{
		id: 'in-cluster',
		title: 'From inside the cluster',
		target: 'http://kubia.web.svc',
		measures: 'what other pods get: the ClusterIP through kube-proxy',
		not: 'ingress and load balancer',
		asks: true,
		unavailable: undefined,
		current: false,
	},
];

/** A pod that waits for a yes. */
export const agreement: AgreementView = {
	context: 'prod-eu',
	server: 'https://10.0.0.1:6443',
	facts: [
		'a pod rollwatch-curl-1a2b3c4d in namespace web, image curlimages/curl:8.10.1',
		'asks GET http://kubia.web.svc:80/ every 1 s',
		'deleted when rollwatch stops sampling or ends; at the latest it ends by itself after 30m',
	],
	manifest: [
		'apiVersion: v1',
		'kind: Pod',
		'metadata:',
		'  name: rollwatch-curl-1a2b3c4d',
		'spec:',
		'  activeDeadlineSeconds: 1800',
		'  automountServiceAccountToken: false',
	],
	kubectl: 'kubectl create -n web -f -',
};
