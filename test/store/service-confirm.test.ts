import {describe, expect, it} from 'vitest';
import type {Event} from '../../src/store/event.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import type {ConfirmExtras} from '../../src/store/selectors/confirm/extras.ts';
import {selectConfirm} from '../../src/store/selectors/confirm/select-confirm.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {focused} from '../../src/store/workload-state.ts';
import {pod} from '../domain/cluster-objects.ts';
import {endpoint, listed, newPods, newSide, now, oldPods, oldSide, service, stateAfter} from './behind-service.ts';

describe('the question before a workload is scaled', () => {
	const ask = (replicas: number, {events = [], extras = {}, name = 'web-new'}: {events?: readonly Event[]; extras?: ConfirmExtras; name?: string} = {}) =>
		confirmView(focused(stateAfter(...events), name), {kind: 'scale', replicas, workload: name}, extras);

	it('shows from how many to how many, what each side gets then, and kubectl’s line', () => {
		expect(ask(2)).toMatchObject({
			command: {kind: 'scale', replicas: 2, from: 1, workload: 'web-new'},
			title: 'Scale web-new to 2?',
			context: 'eu',
			namespace: 'prod',
			object: 'deployment.apps/web-new',
			changes: [
				{label: 'spec.replicas', from: '1', to: '2'},
				{label: 'web-old gets', from: '67%', to: '50%'},
				{label: 'web-new gets', from: '33%', to: '50%'},
			],
			kubectl: 'kubectl --context=eu --namespace=prod scale deployment/web-new --current-replicas=1 --replicas=2',
		});
	});

	it('says of an end of all pods who answers then: the other side, or nobody', () => {
		expect(ask(0)).toMatchObject({
			changes: [{}, {label: 'web-old gets', to: '100%'}, {label: 'web-new gets', to: '0%'}],
			notes: ['All of its pods are stopped.'],
		});
		const alone = listed.endpoints(endpoint('web-new-h2-c'));
		expect(ask(0, {events: [alone]})).toMatchObject({notes: [expect.stringContaining('every request will fail')]});
	});

	it('speaks of no share where the Service does not select it', () => {
		const moved = listed.services({...service, resourceVersion: '8', selector: {app: 'web', version: 'v2'}});
		expect(ask(3, {events: [moved], name: 'web-old'})).toMatchObject({changes: [{label: 'spec.replicas'}], notes: []});
	});

	it('names an autoscaler of the same Deployment, and a number that apply would bring back', () => {
		const hpa = {
			uid: 'h',
			name: 'hpa',
			resourceVersion: '1',
			kind: 'Deployment',
			workload: 'web-new',
			min: 1,
			max: 5,
			current: 1,
			desired: 1,
			lastScaleAt: undefined,
		};
		const scaled: Event = {type: 'listed', stream: 'autoscalers', items: [hpa], at: now};
		const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"replicas":1}}'};
		const applied: Event = {
			type: 'changed',
			stream: 'workloads',
			changes: [{kind: 'observed', object: newSide({annotations, resourceVersion: '9'})}],
			at: now,
		};
		const view = ask(2, {events: [applied, scaled]});
		expect('notes' in view ? view.notes.join('\n') : '').toMatch(/autoscaler hpa keeps it between 1 and 5[\s\S]*the next apply/);
		expect(ask(2, {name: 'web-old', events: [scaled]})).toMatchObject({refusal: {message: 'deployments.apps "web-old" is already to have 2 replicas'}});
	});
});

describe('the question before another selector', () => {
	const selector = {app: 'web', version: 'v2'};
	const query = 'app=web,version=v2';
	const ask = (extras: ConfirmExtras, {events = [], wanted = selector}: {events?: readonly Event[]; wanted?: Record<string, string>} = {}) =>
		selectConfirm(stateAfter(...events), {kind: 'select', selector: wanted}, extras);

	it('tells of a label that is called as what every object has that nothing asks for it yet', () => {
		const wanted: Record<string, string> = Object.fromEntries([...Object.entries(selector), ['constructor', 'x']]);
		const pods = newPods.map(pod => ({...pod, uid: `${pod.uid}-x`, labels: {...pod.labels, ...wanted}}));
		const view = ask({listed: {query: 'app=web,version=v2,constructor=x', pods}}, {wanted});
		expect('changes' in view ? view.changes.find(({label}) => label === 'selector constructor') : view).toEqual({
			label: 'selector constructor',
			from: '(not asked for)',
			to: 'x',
		});
	});

	it('shows which labels change, which pods match, what each side gets then, and kubectl’s line', () => {
		expect(ask({listed: {query, pods: newPods}})).toMatchObject({
			command: {kind: 'select', selector, resourceVersion: '7'},
			object: 'service/shop',
			changes: [
				{label: 'selector version', from: '(not asked for)', to: 'v2'},
				{label: 'web-old gets', from: '67%', to: '0%'},
				{label: 'web-new gets', from: '33%', to: '100%'},
			],
			list: {title: '1 pod will match, 1 ready', lines: [{tone: 'good', text: 'web-new-h2-c  ready'}]},
			kubectl: 'kubectl --context=eu --namespace=prod set selector service/shop app=web,version=v2 --resource-version=7',
		});
	});

	it('waits for the list of this very selector', () => {
		expect(ask({})).toMatchObject({refusal: {message: 'reading which pods it matches…'}});
		expect(ask({listed: {query: 'app=web', pods: []}})).toMatchObject({refusal: {message: 'reading which pods it matches…'}});
	});

	it('believes the watches more than the list: what changed or went since then is not listed as it was', () => {
		const late: Event = {
			type: 'changed',
			stream: 'pods',
			changes: [
				{kind: 'observed', object: pod('web-new-h2-d', 'web-new-h2', false, {labels: selector})},
				{kind: 'gone', uid: 'web-new-h2-c'},
			],
			at: now,
		};
		expect(ask({listed: {query, pods: newPods}}, {events: [late]})).toMatchObject({
			list: {title: '1 pod will match, 0 ready', lines: [{tone: 'change', text: 'web-new-h2-d  not ready'}]},
			notes: ['No pod that matches is ready: every request will fail.'],
		});
	});

	it('counts pods of workloads that nobody follows as those of others', () => {
		const stranger = pod('mail-1', 'mail-rs', true, {labels: {app: 'mail'}});
		expect(ask({listed: {query: 'app=mail', pods: [stranger]}}, {wanted: {app: 'mail'}})).toMatchObject({
			changes: expect.arrayContaining([
				{label: 'others get', from: '0%', to: '100%'},
				{label: 'web-old gets', from: '67%', to: '0%'},
			]),
		});
	});

	it.each<[reason: string, wanted: Record<string, string>, message: RegExp]>([
		['an empty one', {}, /every request would fail/],
		['the same', {app: 'web'}, /is its selector already/],
	])('refuses %s', (_reason, wanted, message) => {
		expect(ask({}, {wanted})).toMatchObject({refusal: {message: expect.stringMatching(message), hint: expect.stringMatching(/\w/)}});
	});

	it('warns when nobody matches, and when it could not be found out', () => {
		expect(ask({listed: {query: 'app=x', pods: []}}, {wanted: {app: 'x'}})).toMatchObject({
			notes: ['No pod matches: every request will fail.'],
			list: {title: '0 pods will match, 0 ready'},
		});
		const view = ask({listed: {query, problem: 'pods is forbidden'}});
		expect(view).toMatchObject({list: undefined, notes: [expect.stringContaining('not known: pods is forbidden')]});
	});

	it('leaves out of a long list what nobody reads, but counts all', () => {
		const many = Array.from({length: 250}, (_, index) => pod(`many-${index}`, 'rs', index % 2 === 0, {labels: {app: 'many'}}));
		const view = ask({listed: {query: 'app=many', pods: many}}, {wanted: {app: 'many'}});
		expect('list' in view ? view.list?.title : '').toBe('250 pods will match, 125 ready');
		expect('list' in view ? view.list?.lines.at(-1)?.text : '').toBe('and 150 more');
	});

	it('is changed anew when somebody else changed the Service meanwhile', () => {
		const other = listed.services({...service, resourceVersion: '8'});
		expect(ask({listed: {query, pods: [...oldPods, ...newPods]}}, {events: [other]})).toMatchObject({command: {resourceVersion: '8'}});
	});
});

describe('a change of the selector that is under way', () => {
	const command = {kind: 'select', selector: {app: 'web', version: 'v2'}} as const;
	const begun: Event = {type: 'command-started', command, at: now};
	const pending = (...events: readonly Event[]) => createScreenView()(stateAfter(...events)).service?.pending;

	it('is said until the watch shows it', () => {
		expect(pending(begun)).toBe('changing the selector…');
		expect(pending(begun, listed.services({...service, resourceVersion: '8', selector: {app: 'other'}}))).toBe('changing the selector…');
		expect(pending(begun, listed.services({...service, resourceVersion: '8', selector: command.selector}))).toBeUndefined();
	});

	it('is over when it was refused', () => {
		const refused: Event = {type: 'command-ended', command, result: {kind: 'conflicted', message: 'changed', hint: undefined}, at: now};
		expect(pending(begun, refused)).toBeUndefined();
	});
});

it('says of a workload that is scaled so, until the watch shows the number', () => {
	const command = {kind: 'scale', replicas: 4, from: 2, workload: 'web-old'} as const;
	const begun: Event = {type: 'command-started', command, at: now};
	const word = (...events: readonly Event[]) => createScreenView()(stateAfter(begun, ...events)).service?.sides.find(({name}) => name === 'web-old')?.word;
	const changed = (desired: number): Event => ({
		type: 'changed',
		stream: 'workloads',
		changes: [{kind: 'observed', object: oldSide({generation: 2, resourceVersion: '9', replicas: {...oldSide().replicas, desired}})}],
		at: now,
	});
	expect(word()).toBe('SCALING…');
	expect(word(changed(2))).toBe('SCALING…');
	expect(word(changed(4))).toBe('PROGRESSING');
});
