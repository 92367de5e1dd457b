import type {Refusal, ServiceCommand} from '../../../domain/command.ts';
import {counted} from '../../../domain/counted.ts';
import type {Pod} from '../../../domain/pod.ts';
import {isPodReady} from '../../../domain/pod-availability.ts';
import {type Service, selects} from '../../../domain/service.ts';
import {type ServiceSelector, sameSelector, selectorText} from '../../../domain/service-selector.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {State} from '../../state.ts';
import type {Remark} from '../../views.ts';
import {podOwners} from '../../workload-of-objects.ts';
import {serviceOf, sidesOf} from '../service/service-of.ts';
import {type ConfirmExtras, shareText} from './extras.ts';
import {question} from './question.ts';
import {serviceOwnerNotes} from './warnings.ts';

/** As many pods as anybody reads; the shares are of all. */
const mostShown = 100;

/** What another selector of the watched Service would do: which pods it matches, and what each workload ought to get then. */
export function selectConfirm(state: State, {selector}: ServiceCommand, extras: ConfirmExtras): ConfirmView | {readonly refusal: Refusal} {
	const service = serviceOf(state);
	if (service === undefined) return {refusal: {message: `svc/${state.target.name} has not been seen yet`, hint: 'wait for the first list'}};
	const refusal = refusalOfSelector(service, selector);
	if (refusal !== undefined) return {refusal};
	const {listed} = extras;
	if (listed?.query !== selectorText(selector)) return {refusal: {message: 'reading which pods it matches…', hint: undefined}};
	const {resourceVersion} = service;
	const command = {kind: 'select', selector, resourceVersion} as const;
	const pods = 'pods' in listed ? matching(state, selector, listed.pods) : undefined;
	return question(state, extras, {
		command,
		name: service.name,
		title: `Change the selector of ${service.name}?`,
		object: `service/${service.name}`,
		changes: [...labelChanges(service.selector, selector), ...(pods === undefined ? [] : shareChanges(state, pods))].filter(({from, to}) => from !== to),
		list: pods === undefined ? undefined : listOf(pods),
		notes: [...notesOf(pods, 'problem' in listed ? listed.problem : undefined), ...serviceOwnerNotes(service, extras)],
	});
}

/** Without labels a Service selects nobody by itself, and what stands behind it would no longer be kept. */
function refusalOfSelector(service: Service, selector: ServiceSelector): Refusal | undefined {
	if (Object.keys(selector).length === 0) return {message: 'an empty selector selects no pods: every request would fail', hint: 'keep at least one label'};
	return sameSelector(service.selector, selector) ? {message: 'this is its selector already', hint: 'change, add or remove a label'} : undefined;
}

type MatchedPod = {readonly pod: Pod; readonly workload: string | undefined};

/** What the watches show is newer than the list; what they do not show is only in the list. */
function matching(state: State, selector: ServiceSelector, listed: readonly Pod[]): readonly MatchedPod[] {
	const ownerOf = podOwners(state);
	const unseen = listed.filter(({uid}) => !state.pods.has(uid) && !state.departed.has(uid));
	const all = [...state.pods.values(), ...unseen].filter(({labels, phase}) => selects({selector}, labels) && phase !== 'Succeeded' && phase !== 'Failed');
	return all
		.map(pod => {
			const owner = ownerOf(pod);
			return {pod, workload: owner.kind === 'own' ? owner.followed?.workload.name : undefined};
		})
		.toSorted((left, right) => (left.pod.name < right.pod.name ? -1 : 1));
}

const isReady = (pod: Pod) => pod.deletedAt === undefined && isPodReady(pod);

/** A label may be called as what every object has. */
const asked = (selector: ServiceSelector, name: string) => (Object.hasOwn(selector, name) ? selector[name] : undefined) ?? '(not asked for)';

function labelChanges(before: ServiceSelector, after: ServiceSelector): ConfirmView['changes'] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
	return names.map(name => ({label: `selector ${name}`, from: asked(before, name), to: asked(after, name)}));
}

function shareChanges(state: State, pods: readonly MatchedPod[]): ConfirmView['changes'] {
	const now = sidesOf(state);
	const ready = pods.filter(({pod}) => isReady(pod));
	const owners = [...new Set([...now.keys(), ...pods.map(({workload}) => workload)])];
	return owners.map(owner => ({
		label: owner === undefined ? 'others get' : `${owner} gets`,
		from: shareText(now.get(owner)?.share ?? (now.size === 0 ? undefined : 0)),
		to: shareText(ready.length === 0 ? undefined : ready.filter(({workload}) => workload === owner).length / ready.length),
	}));
}

function listOf(pods: readonly MatchedPod[]): NonNullable<ConfirmView['list']> {
	const ready = pods.filter(({pod}) => isReady(pod)).length;
	const lines = pods.slice(0, mostShown).map(({pod}): Remark => ({tone: isReady(pod) ? 'good' : 'change', text: `${pod.name}  ${readiness(pod)}`}));
	const rest = pods.length - mostShown;
	const more: readonly Remark[] = rest > 0 ? [{tone: 'quiet', text: `and ${rest} more`}] : [];
	return {title: `${counted(pods.length, 'pod')} will match, ${ready} ready`, lines: [...lines, ...more]};
}

function readiness(pod: Pod): string {
	if (pod.deletedAt !== undefined) return 'terminating';
	return isPodReady(pod) ? 'ready' : 'not ready';
}

function notesOf(pods: readonly MatchedPod[] | undefined, problem: string | undefined): readonly string[] {
	if (pods === undefined) return [`Which pods it matches is not known: ${problem ?? 'they could not be listed'}.`];
	if (pods.length === 0) return ['No pod matches: every request will fail.'];
	return pods.some(({pod}) => isReady(pod))
		? ['Requests go by the new selector within a moment; those that are under way end where they are.']
		: ['No pod that matches is ready: every request will fail.'];
}
