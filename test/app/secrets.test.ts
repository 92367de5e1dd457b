import {describe, expect, it} from 'vitest';
import {diffOf} from '../../src/app/diffing.ts';
import {jsonSnapshot} from '../../src/app/json-snapshot.ts';
import {createPlainReporter} from '../../src/app/plain-reporter.ts';
import {snapshotText} from '../../src/app/snapshot-text.ts';
import {parseApplication} from '../../src/cluster/parse/application.ts';
import {parseArgoRollout} from '../../src/cluster/parse/argo-rollout.ts';
import {parseKruiseRollout} from '../../src/cluster/parse/kruise-rollout.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {openGuard} from '../../src/domain/guard.ts';
import type {JsonObject} from '../../src/domain/json.ts';
import {steeredDeployment} from '../../src/domain/kinds/kruise/steered.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {deploymentOfApplication} from '../../src/domain/kinds/vela/steered.ts';
import type {StreamObjects} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {podDetailsView} from '../../src/store/selectors/pod-details-view.ts';
import {revisionRows} from '../../src/store/selectors/revision-rows.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {stepsView} from '../../src/store/selectors/steps-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';

const now = Date.UTC(2026, 10, 21, 14, 3, 22);
const made = '2026-11-21T14:00:00Z';

/** A secret in each place where people leave them, other ones for each revision. */
function template(revision: number): JsonObject {
	const secret = (place: string) => `CANARY-${place}-r${revision}`;
	return {
		metadata: {
			labels: {app: 'web'},
			annotations: {
				'kubectl.kubernetes.io/last-applied-configuration': `{"spec":{"x":"${secret('applied')}"}}`,
				'example.com/api-token': secret('annotation'),
				'kubernetes.io/change-cause': `kubectl set env deploy/web DB_PASSWORD=${secret('cause')}`,
			},
		},
		spec: {
			containers: [
				{
					name: 'app',
					image: `app:v${revision}`,
					command: ['sh', '-c', `PASSWORD=${secret('script')} exec run`],
					args: [`--password=${secret('arg')}`, '--token', secret('next')],
					env: [
						{name: 'DB_PASSWORD', value: secret('env')},
						{name: 'DATABASE_URL', value: `postgres://web:${secret('url')}@db/web`},
						{name: 'SIGNED', value: `eyJhbGciOiJIUzI1NiJ9.${secret('jwt')}.x`},
						{name: 'CERT', value: `-----BEGIN PRIVATE KEY-----\n${secret('pem')}\n-----END PRIVATE KEY-----`},
						{name: 'OPTS', value: `-Dlevel=debug -Dapi.key=${secret('opts')}`},
					],
					readinessProbe: {
						httpGet: {path: `/?token=${secret('query')}`, port: 80, httpHeaders: [{name: 'Authorization', value: `Bearer ${secret('header')}`}]},
					},
					livenessProbe: {exec: {command: ['check', '--password', secret('probe')]}},
				},
				...(revision === 1 ? [{name: 'gone', image: 'side:v1', env: [{name: 'API_KEY', value: secret('container')}]}] : []),
			],
			volumes: [{name: 'v', csi: {driver: 'd', volumeAttributes: {password: secret('volume')}}}],
		},
	};
}

const owned = (uid: string) => ({ownerReferences: [{uid, controller: true}]});

function replicaSet(revision: number, replicas: number): JsonObject {
	const raw = template(revision);
	const metadata = raw.metadata as JsonObject;
	return {
		metadata: {
			uid: `r${revision}`,
			name: `web-${revision}`,
			namespace: 'n',
			resourceVersion: '1',
			creationTimestamp: made,
			annotations: {'deployment.kubernetes.io/revision': `${revision}`},
			...owned('d'),
		},
		spec: {replicas, template: {...raw, metadata: {...metadata, labels: {app: 'web', 'pod-template-hash': `${revision}`}}}},
		status: {replicas, readyReplicas: 0},
	};
}

function deployment(revision: number): JsonObject {
	const annotations = {'deployment.kubernetes.io/revision': `${revision}`, 'kubectl.kubernetes.io/last-applied-configuration': '{"x":"CANARY-own"}'};
	return {
		metadata: {uid: 'd', name: 'web', namespace: 'n', resourceVersion: `${revision}`, generation: revision, creationTimestamp: made, annotations},
		spec: {replicas: 2, selector: {matchLabels: {app: 'web'}}, template: template(revision)},
		status: {observedGeneration: revision, replicas: 2, updatedReplicas: 1},
	};
}

function pod(revision: number): JsonObject {
	const raw = template(revision);
	return {
		metadata: {uid: 'p', name: 'web-2-x', namespace: 'n', resourceVersion: '1', creationTimestamp: made, labels: {app: 'web'}, ...owned(`r${revision}`)},
		spec: raw.spec ?? {},
		status: {
			phase: 'Running',
			containerStatuses: [{name: 'app', ready: false, restartCount: 0, image: 'app:v2', imageID: '', state: {running: {startedAt: made}}}],
		},
	};
}

function known<T>(parsed: T | undefined): T {
	if (parsed === undefined) throw new Error('the object makes sense');
	return parsed;
}

/** Revision 2 takes the place of revision 1 before our eyes, so that the timeline has something to tell, too. */
function story(showValues: boolean): State {
	const target = {context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'web'} as const;
	let state = initialState(target, now, 60, {...openGuard, showValues});
	const listed = <Stream extends keyof StreamObjects>(stream: Stream, items: readonly StreamObjects[Stream][]) => {
		state = reduce(state, {type: 'listed', stream, items, at: now} as unknown as Parameters<typeof reduce>[1]);
	};
	listed('workloads', [known(parseWorkload(deployment(1)))]);
	listed('revisions', [known(parseReplicaSet(replicaSet(1, 2)))]);
	listed('pods', []);
	listed('events', []);
	listed('workloads', [known(parseWorkload(deployment(2)))]);
	listed(
		'revisions',
		[replicaSet(1, 1), replicaSet(2, 1)].map(raw => known(parseReplicaSet(raw))),
	);
	listed('pods', [known(parsePod(pod(2)))]);
	return state;
}

/** All that leaves the program about this state. */
async function everything(state: State): Promise<Readonly<Record<string, unknown>>> {
	const workload = focused(state);
	const facts = known(rolloutFacts(workload, now));
	const view = createScreenView()(state);
	const undo: WorkloadCommand = {kind: 'undo', toRevision: 1};
	return {
		view,
		json: jsonSnapshot({state: workload, facts, replicaSets: view.replicaSets, pods: view.pods, mix: view.mix}),
		text: snapshotText(view),
		plain: createPlainReporter().report(view, now),
		confirm: confirmView(workload, undo),
		image: confirmView(workload, {kind: 'set-image', container: 'app', image: 'app:v9'}),
		restart: confirmView(workload, {kind: 'restart'}),
		diff: await diffOf(state, undo),
		revisions: revisionRows(facts, state, now),
		steps: stepsView(facts, state, now),
		details: podDetailsView(state, 'p', 2),
	};
}

describe('secrets in a template', () => {
	it('are in nothing that leaves the program', async () => {
		for (const [name, part] of Object.entries(await everything(story(false)))) {
			expect(JSON.stringify(part), name).not.toMatch(/CANARY/);
			expect(JSON.stringify(part).length, name).toBeGreaterThan(20);
		}
	});

	it('are told to differ where they do', async () => {
		const {confirm, diff} = await everything(story(false));
		for (const part of [confirm, diff]) expect(JSON.stringify(part).match(/\(differs\)/g)?.length).toBeGreaterThan(5);
	});

	it('are shown with --show-values: each of them is really there to be found', async () => {
		const {confirm, diff, view} = await everything(story(true));
		const places = ['annotation', 'script', 'arg', 'next', 'env', 'url', 'jwt', 'pem', 'opts', 'query', 'header', 'probe', 'volume', 'container'];
		for (const place of places) {
			expect(JSON.stringify(diff)).toContain(`CANARY-${place}-r1`);
			expect(JSON.stringify(confirm)).toContain(`CANARY-${place}-r1`);
		}
		expect(JSON.stringify(view)).toContain('CANARY-cause-r2');
	});
});

/** What steers a Deployment, or stands in its place, with secrets wherever its own spec has room for them. */
const steering = {
	argo: (revision: number) => {
		const {metadata, spec, status} = deployment(revision) as Record<'metadata' | 'spec' | 'status', JsonObject>;
		const steps = [{setWeight: 20}, {pause: {}}, {plugin: {name: 'p', config: {password: 'CANARY-plugin'}}}];
		const analysis = {templates: [{templateName: 't'}], args: [{name: 'token', value: 'CANARY-analysis'}]};
		return known(
			parseArgoRollout({
				metadata: {...metadata, annotations: {...(metadata.annotations as JsonObject), 'rollout.argoproj.io/revision': `${revision}`}},
				spec: {...spec, strategy: {canary: {steps, analysis, canaryMetadata: {annotations: {'api-token': 'CANARY-canary'}}}}},
				status: {...status, observedGeneration: `${revision}`, phase: 'Paused', message: 'CanaryPauseStep', currentStepIndex: 1},
			}),
		);
	},
	kruise: (revision: number) => steeredDeployment(known(parseWorkload(deployment(revision))), kruise, undefined),
	vela: (revision: number) => deploymentOfApplication(known(parseWorkload(deployment(revision))), {...application, rollout: kruise}, undefined),
};

const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{"x":"CANARY-own"}', 'example.com/api-token': 'CANARY-annotation'};
const kruise = known(
	parseKruiseRollout({
		metadata: {uid: 'k', name: 'web', namespace: 'n', resourceVersion: '1', generation: 1, annotations},
		spec: {
			workloadRef: {name: 'web'},
			strategy: {canary: {steps: [{traffic: '20%', pause: {}, requestHeaderModifier: {set: [{name: 'Authorization', value: 'CANARY-header'}]}}]}},
		},
		status: {
			phase: 'Progressing',
			message: 'step 1',
			conditions: [{type: 'Progressing', status: 'True', reason: 'InRolling'}],
			canaryStatus: {currentStepIndex: 1, nextStepIndex: 1, currentStepState: 'StepPaused'},
		},
	}),
);
const application = known(
	parseApplication({
		metadata: {uid: 'a', name: 'web', namespace: 'n', resourceVersion: '1', generation: 1, annotations},
		spec: {
			components: [{name: 'web', type: 'webservice', properties: {image: 'app:v2', env: [{name: 'DB_PASSWORD', value: 'CANARY-env'}]}}],
			workflow: {steps: [{name: 'tell', type: 'notification', properties: {slack: {url: {value: 'https://CANARY-hook'}}}}]},
		},
		status: {observedGeneration: 1, status: 'runningWorkflow', workflow: {suspend: true, steps: [{name: 'tell', type: 'notification', phase: 'running'}]}},
	}),
);

describe.each(Object.entries(steering))('secrets in what is of %s', (_, workloadOf) => {
	const state = [1, 2].reduce(
		(before: State, revision) => reduce(before, {type: 'listed', stream: 'workloads', items: [workloadOf(revision)], at: now}),
		story(false),
	);

	it('are in nothing that leaves the program', async () => {
		for (const [name, part] of Object.entries(await everything(state))) expect(JSON.stringify(part), name).not.toMatch(/CANARY/);
	});

	it('are in no question and no line for the shell', () => {
		const {workload} = focused(state);
		const kinds = ['pause', 'resume', 'restart', 'continue', 'promote-full', 'abort', 'retry'] as const;
		const commands: readonly WorkloadCommand[] = [
			...kinds.map(kind => ({kind})),
			{kind: 'undo', toRevision: undefined},
			{kind: 'to-step', step: 1},
			{kind: 'scale', replicas: 3},
		];
		for (const command of commands) {
			expect(JSON.stringify(confirmView(focused(state), command)), command.kind).not.toMatch(/CANARY/);
			expect(JSON.stringify(rulesOf(known(workload)).commandLines(command)), command.kind).not.toMatch(/CANARY/);
		}
	});
});
