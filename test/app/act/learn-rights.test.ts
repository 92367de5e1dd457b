import {describe, expect, it} from 'vitest';
import {createRightsLearning} from '../../../src/app/act/learn-rights.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {openGuard} from '../../../src/domain/guard.ts';
import type {ActionName} from '../../../src/domain/rights.ts';
import type {Event} from '../../../src/store/event.ts';
import {reduce} from '../../../src/store/reduce.ts';
import {rightsOf} from '../../../src/store/selectors/guard-view.ts';
import {initialState, type State, type Target} from '../../../src/store/state.ts';
import {createStore} from '../../../src/store/store.ts';
import {deploymentJson} from '../../cluster-io/harness/objects.ts';

const place = {context: 'eu', server: 'https://cluster', namespace: 'web'} as const;
const deployment: Target = {...place, kind: 'Deployment', name: 'kubia'};
const service: Target = {...place, kind: 'Service', name: 'kubia'};

/** What was asked: `patch apps/deployments kubia`. */
type Asked = string;

/** Rights that an API server of few words gives; `undefined`: it answers nothing of use. */
function learning(
	target: Target,
	allows: (asked: Asked) => boolean | undefined,
	{guard = {...openGuard, writesEvents: true}, curlNamespace}: {guard?: State['guard']; curlNamespace?: string} = {},
) {
	const asked: Asked[] = [];
	let now = 1_000_000;
	const stop = new AbortController();
	const store = createStore<State, Event>(initialState(target, now, 60, guard), reduce, flush => flush());
	const connection = {
		namespace: 'web',
		json: async ({body = '{}'}: {readonly body?: string | undefined}) => {
			const {namespace, verb, group, resource, subresource, name} = JSON.parse(body).spec.resourceAttributes;
			const text = [verb, [group, resource, subresource].filter(Boolean).join('/'), name, namespace === 'web' ? undefined : `in ${namespace}`]
				.filter(Boolean)
				.join(' ');
			asked.push(text);
			const allowed = allows(text);
			if (allowed === undefined) throw new Error('no such API');
			return {status: {allowed}};
		},
	};
	const rights = createRightsLearning({connection, store, curlNamespace, now: () => now, signal: stop.signal});
	return {
		asked,
		rights,
		store,
		stop,
		pass: (ms: number) => {
			now += ms;
			store.dispatch({type: 'ticked', at: now});
		},
		follow: (...names: readonly string[]) =>
			store.dispatch({type: 'listed', stream: 'workloads', items: names.flatMap(name => parseWorkload(deploymentJson(name)) ?? []), at: now}),
		settle: () => new Promise(resolve => setImmediate(resolve)),
		right: (action: ActionName, workload?: string) => rightsOf(store.snapshot(), workload)[action],
	};
}

describe('what we may do', () => {
	it('is asked once for each right, of the workload by its name, and of what has no name in the namespace', async () => {
		const {rights, asked, settle, right} = learning(deployment, text => !text.includes('scale'));
		rights.start();
		await settle();
		expect(asked.toSorted()).toEqual([
			'create events.k8s.io/events',
			'create pods',
			'delete pods',
			'get pods/log',
			'patch apps/deployments kubia',
			'update apps/deployments/scale kubia',
			'watch pods',
		]);
		expect([right('undo'), right('restart'), right('scale'), right('curl-pod'), right('logs'), right('select')]).toEqual([
			...['allowed', 'allowed', 'denied', 'allowed', 'allowed', 'unknown'],
		]);
	});

	it.each([
		['StatefulSet', ['patch apps/statefulsets kubia', 'update apps/statefulsets/scale kubia']],
		['ArgoRollout', ['patch argoproj.io/rollouts kubia', 'patch argoproj.io/rollouts/status kubia', 'update argoproj.io/rollouts/scale kubia']],
	] as const)('is asked of a %s by its own resource', async (kind, wanted) => {
		const {rights, asked, settle} = learning({...place, kind, name: 'kubia'}, () => true);
		rights.start();
		await settle();
		expect(asked.filter(text => text.endsWith(' kubia')).toSorted()).toEqual(wanted);
	});

	it('is asked again of the workload that something steers, once that has been seen', async () => {
		const {rights, asked, settle, follow} = learning({...place, kind: 'KruiseRollout', name: 'canary'}, () => true);
		rights.start();
		await settle();
		expect(asked).toContain('patch rollouts.kruise.io/rollouts/status canary');
		expect(asked).not.toContain('patch apps/deployments kubia');
		follow('kubia');
		await settle();
		expect(asked).toContain('patch apps/deployments kubia');
		const before = asked.length;
		follow('kubia');
		await settle();
		expect(asked).toHaveLength(before);
	});

	it('is not known where the API server does not say: then keys work', async () => {
		const {rights, settle, right} = learning(deployment, () => undefined);
		rights.start();
		await settle();
		expect([right('undo'), right('logs')]).toEqual(['unknown', 'unknown']);
	});

	it('of several rights that are needed together is denied when one of them is', async () => {
		const {rights, settle, right} = learning(deployment, text => text !== 'watch pods');
		rights.start();
		await settle();
		expect([right('curl-pod'), right('delete-pod')]).toEqual(['denied', 'allowed']);
	});

	it('with a curl pod is asked where that would be created', async () => {
		const {rights, asked, settle, right} = learning(deployment, text => text !== 'create pods in tools', {curlNamespace: 'tools'});
		rights.start();
		await settle();
		expect(asked).toEqual(expect.arrayContaining(['create pods in tools', 'delete pods in tools', 'delete pods']));
		expect([right('curl-pod'), right('delete-pod')]).toEqual(['denied', 'allowed']);
	});

	it('behind a Service is asked of each workload as it comes, and of the Service', async () => {
		const {rights, asked, settle, right, follow} = learning(service, text => text !== 'patch apps/deployments blue');
		follow('blue');
		rights.start();
		await settle();
		expect(asked).toEqual(expect.arrayContaining(['patch services kubia', 'patch apps/deployments blue']));
		expect([right('undo'), right('undo', 'blue'), right('select')]).toEqual(['denied', 'denied', 'allowed']);
		follow('blue', 'green');
		await settle();
		expect(asked.filter(text => text.startsWith('patch apps'))).toEqual(['patch apps/deployments blue', 'patch apps/deployments green']);
		expect([right('undo'), right('undo', 'blue'), right('undo', 'green')]).toEqual(['allowed', 'denied', 'allowed']);
	});

	it('is asked again of one action when it was refused, or wanted all the same; what has been given since counts', async () => {
		let mayPatch = false;
		const {rights, asked, settle, right} = learning(deployment, text => mayPatch || !text.startsWith('patch'));
		rights.ask('undo', undefined);
		await settle();
		expect(asked).toEqual([]);
		rights.start();
		await settle();
		expect(right('undo')).toBe('denied');
		asked.length = 0;
		mayPatch = true;
		rights.ask('undo', undefined);
		await settle();
		expect(asked).toEqual(['patch apps/deployments kubia']);
		expect(right('undo')).toBe('allowed');
	});

	it('is asked again when a stream becomes forbidden, at most every five minutes', async () => {
		const {rights, asked, settle, store, pass} = learning(deployment, () => true);
		const becomes = (kind: 'forbidden' | 'live') =>
			store.dispatch({type: 'stream-changed', stream: 'pods', condition: {kind, since: 1, reason: 'no'} as State['streams']['pods']['condition']});
		rights.start();
		await settle();
		const atOnce = asked.length;
		becomes('forbidden');
		pass(60_000);
		await settle();
		expect(asked).toHaveLength(atOnce);
		// It is not forgotten either.
		pass(240_000);
		await settle();
		expect(asked).toHaveLength(2 * atOnce);
		pass(600_000);
		await settle();
		expect(asked).toHaveLength(2 * atOnce);
		becomes('live');
		await settle();
		expect(asked).toHaveLength(3 * atOnce);
	});

	it('is asked no more when the session has ended', async () => {
		const {rights, asked, settle, stop, right, follow} = learning(service, () => false);
		rights.start();
		stop.abort();
		await settle();
		expect(right('select')).toBe('unknown');
		asked.length = 0;
		follow('blue');
		await settle();
		expect(asked).toEqual([]);
	});
});
