import {describe, expect, it} from 'vitest';
import {missingRight, unknownRights} from '../../src/domain/rights.ts';
import {reduce} from '../../src/store/reduce.ts';
import {guardRefusal, guardView, writesEvent} from '../../src/store/selectors/guard-view.ts';
import {initialState, type State} from '../../src/store/state.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'web'} as const;
const guard = {readOnly: false, isProtected: false, showValues: false, writesEvents: true};
const ofDeployment = initialState({...target, kind: 'Deployment', name: 'kubia'}, 0, 60, guard);
const ofService = initialState({...target, kind: 'Service', name: 'kubia'}, 0, 60, guard);
const learn = (state: State, rights: object, workload?: string) => reduce(state, {type: 'rights-learned', rights, workload});

describe('rights', () => {
	it('are unknown before anybody has asked, and unknown keeps from nothing', () => {
		expect(guardView(ofDeployment).rights).toEqual(unknownRights);
		expect(guardRefusal(ofDeployment, 'undo')).toBeUndefined();
	});

	it('that are denied refuse, naming verb, resource and object', () => {
		const state = learn(ofDeployment, {undo: 'denied', pause: 'allowed'});
		expect(guardRefusal(state, 'undo')?.message).toBe('needs the verb patch on deployments.apps (web/kubia); kubectl auth can-i patch deployments.apps -n web');
		expect(guardRefusal(state, 'pause')).toBeUndefined();
	});

	it('that say what was known change nothing', () => {
		const state = learn(ofDeployment, {undo: 'denied'});
		expect(learn(state, {undo: 'denied'})).toBe(state);
		const behind = learn(ofService, {undo: 'denied'}, 'blue');
		expect(learn(behind, {undo: 'denied'}, 'blue')).toBe(behind);
	});

	it('behind a Service are each workload’s own; a key is dim only where none of them may be changed', () => {
		const one = learn(ofService, {undo: 'denied'}, 'blue');
		expect(guardView(one).rights.undo).toBe('denied');
		const two = learn(one, {undo: 'allowed'}, 'green');
		expect(guardView(two).rights.undo).toBe('allowed');
		expect(guardRefusal(two, 'undo', 'blue')?.message).toContain('(web/blue)');
		expect(guardRefusal(two, 'undo', 'green')).toBeUndefined();
		const opened = reduce(two, {type: 'workload-opened', name: 'blue'});
		expect(guardView(opened).rights.undo).toBe('denied');
	});

	it('to write K8sEvents decide whether a confirmation promises one', () => {
		expect(writesEvent(ofDeployment)).toBe(true);
		expect(writesEvent(learn(ofDeployment, {'write-event': 'denied'}))).toBe(false);
		expect(writesEvent({...ofDeployment, guard: {...guard, writesEvents: false}})).toBe(false);
	});
});

describe('read-only', () => {
	const readOnly = {...ofDeployment, guard: {...guard, readOnly: true}};
	it('refuses whatever changes something, allowed or not, and nothing else', () => {
		expect(guardRefusal(learn(readOnly, {undo: 'allowed'}), 'undo')?.message).toMatch(/^read-only/);
		expect(guardRefusal(readOnly, 'curl-pod')?.message).toMatch(/^read-only/);
		expect(guardRefusal(readOnly, 'logs')).toBeUndefined();
	});
});

describe('what is missing', () => {
	it.each([
		[
			'a subresource of a workload',
			'scale',
			'needs the verb update on deployments.apps/scale (web/kubia); kubectl auth can-i update deployments.apps --subresource=scale -n web',
		],
		['any pod', 'delete-pod', 'needs the verb delete on pods (web); kubectl auth can-i delete pods -n web'],
		['the Service', 'select', 'needs the verb patch on services (web/kubia); kubectl auth can-i patch services -n web'],
		['a log', 'logs', 'needs the verb get on pods/log (web); kubectl auth can-i get pods --subresource=log -n web'],
		[
			'several rights',
			'curl-pod',
			'needs the verbs create on pods, watch on pods, get on pods/log, delete on pods (web); kubectl auth can-i create pods -n web',
		],
	] as const)('%s', (_what, action, text) => {
		expect(missingRight(action, {namespace: 'web', name: 'kubia'})).toBe(text);
	});

	const kruise = {kind: 'Deployment', release: {kind: 'KruiseRollout', name: 'canary'}} as const;
	it.each([
		['StatefulSets are scaled by themselves', 'scale', {kind: 'StatefulSet'}, 'update on statefulsets.apps/scale (web/kubia)'],
		['partitions belong to StatefulSets', 'set-partition', {kind: 'StatefulSet'}, 'patch on statefulsets.apps (web/kubia)'],
		['DaemonSets are restarted by themselves', 'restart', {kind: 'DaemonSet'}, 'patch on daemonsets.apps (web/kubia)'],
		['Argo pauses by the spec', 'pause', {kind: 'ArgoRollout'}, 'patch on rollouts.argoproj.io (web/kubia)'],
		['Argo goes on by the status', 'continue', {kind: 'ArgoRollout'}, 'patch on rollouts.argoproj.io/status (web/kubia)'],
		['Argo’s template may lie in a Deployment', 'undo', {kind: 'ArgoRollout', holder: 'app'}, 'patch on deployments.apps (web/app)'],
		['OpenKruise goes on by its own status', 'continue', kruise, 'patch on rollouts.rollouts.kruise.io/status (web/canary)'],
		[
			'KubeVela terminates by its own status',
			'abort',
			{kind: 'Deployment', release: {kind: 'Application', name: 'shop'}},
			'patch on applications.core.oam.dev/status (web/shop)',
		],
		['what OpenKruise releases is undone in its workload', 'undo', kruise, 'patch on deployments.apps (web/kubia)'],
	] as const)('%s', (_why, action, subject, text) => {
		expect(missingRight(action, {namespace: 'web', name: 'kubia', subject})).toContain(`needs the verb ${text}; `);
	});

	it('undoing an Application lets the Rollout go on that was suspended with it', () => {
		const subject = {kind: 'Deployment', release: {kind: 'Application', name: 'shop'}, rollout: 'canary'} as const;
		const needed = 'needs the verbs patch on applications.core.oam.dev, patch on rollouts.rollouts.kruise.io (web/shop)';
		expect(missingRight('undo', {namespace: 'web', name: 'shop', subject})).toContain(needed);
	});
});
