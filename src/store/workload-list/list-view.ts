import {age} from '../../domain/human-duration.ts';
import {kindWords, type WorkloadKind} from '../../domain/kinds/kind-words.ts';
import type {ListedWorkload} from '../../domain/listed-workload.ts';
import {ownerName} from '../../domain/ownership.ts';
import {kindsOf, type WorkloadSelection} from '../../domain/workload-selection.ts';
import {conditionText, standing} from '../selectors/header-view.ts';
import {share} from '../share.ts';
import type {PhaseName, Tone} from '../views.ts';
import {type CloserLook, closerLook, mostCloser} from './closer-look.ts';
import type {WorkloadListState} from './list-state.ts';
import type {WorkloadCount, WorkloadListView, WorkloadRow} from './list-views.ts';

const tones: Readonly<Record<PhaseName, Tone>> = {stalled: 'bad', paused: 'change', progressing: 'change', complete: 'good'};

/** Makes the list's views; parts that did not change keep their identity from one call to the next. */
export function createListView(): (state: WorkloadListState) => WorkloadListView {
	let last: {readonly state: WorkloadListState; readonly around: Omit<WorkloadListView, 'rows'>; readonly view: WorkloadListView} | undefined;
	return state => {
		if (last !== undefined && isSameMoment(last.state, state)) return last.view;
		const rows = keptRows(last?.view.rows ?? [], listRows(state));
		const around = share(last?.around, aroundOf(state, rows));
		const view = last !== undefined && around === last.around && rows === last.view.rows ? last.view : {...around, rows};
		last = {state, around, view};
		return view;
	};
}

/** While nothing goes on, ages are refreshed this often. */
const calmStepMs = 10_000;

/** The same state, or one in which only the clock went on, not far enough to show. */
function isSameMoment(before: WorkloadListState, after: WorkloadListState): boolean {
	if (before === after) return true;
	const isCalm = [...after.entries.values()].every(({workload}) => workload === undefined) && connectionOf(after).kind === 'live';
	if (!isCalm || Math.floor(before.now / calmStepMs) !== Math.floor(after.now / calmStepMs)) return false;
	return before.entries === after.entries && before.gone === after.gone && before.closer === after.closer && connectionOf(before).kind === 'live';
}

/** Rows are compared with themselves, wherever they stand: one that moves up must not make all below it new. */
function keptRows(before: readonly WorkloadRow[], after: readonly WorkloadRow[]): readonly WorkloadRow[] {
	const known = new Map(before.map(row => [row.uid, row]));
	const rows = after.map(row => share(known.get(row.uid), row));
	return rows.length === before.length && rows.every((row, index) => row === before[index]) ? before : rows;
}

function aroundOf(state: WorkloadListState, rows: readonly WorkloadRow[]): Omit<WorkloadListView, 'rows'> {
	const {context, namespace} = state.place;
	return {
		context,
		namespace,
		asked: askedText(state.selection),
		counts: countsOf(rows),
		connection: connectionOf(state),
		remarks: remarksOf(state),
	};
}

/** One line for each workload, problems first. */
export function listRows({entries, gone, closer, selection, now}: WorkloadListState): readonly WorkloadRow[] {
	const here = [...entries.values()].map(({listed}) => {
		const state = closer.get(listed.uid);
		return rowOf(listed, state && closerLook(state, now), now);
	});
	// Of what was asked for by name it is said that it is gone; what else there is, comes and goes.
	const away = selection.kind === 'named' ? [...gone.values()].map(listed => goneRow(listed, now)) : [];
	return [...here, ...away].toSorted(byUrgency);
}

const rowsWithoutLook = new WeakMap<ListedWorkload, WorkloadRow>();

/** Hundreds stay as they are from one second to the next: their rows are kept as long as their ages read the same. */
function rowOf(listed: ListedWorkload, look: CloserLook | undefined, now: number): WorkloadRow {
	if (look !== undefined) return madeRow(listed, look, now);
	const kept = rowsWithoutLook.get(listed);
	if (kept?.age === age(listed.createdAt, now)) return kept;
	const row = madeRow(listed, undefined, now);
	rowsWithoutLook.set(listed, row);
	return row;
}

function madeRow(listed: ListedWorkload, look: CloserLook | undefined, now: number): WorkloadRow {
	// What kubectl calls complete is done here, too: with its pods followed or not, it must be the same.
	const {phase, word} = listed.phase === 'complete' || look === undefined ? listed : look;
	const isStuck = phase !== 'complete' && look?.isStuck === true;
	const ownWord = isStuck && phase === 'progressing' ? 'STUCK' : phase.toUpperCase();
	return {
		...placeOf(listed, now),
		phase,
		word: word ?? ownWord,
		tone: isStuck ? 'bad' : tones[phase],
		isStuck,
		why: phase === 'complete' ? '' : (look?.why ?? listed.waitsFor),
	};
}

function goneRow(listed: ListedWorkload, now: number): WorkloadRow {
	return {...placeOf(listed, now), phase: undefined, word: 'DELETED', tone: 'quiet', isStuck: false, why: 'it was deleted'};
}

function placeOf(listed: ListedWorkload, now: number): Omit<WorkloadRow, 'phase' | 'word' | 'tone' | 'isStuck' | 'why'> {
	const {uid, kind, namespace, name, desired, updated, ready, available, message, images, keptBy, createdAt} = listed;
	return {
		uid,
		kind,
		namespace,
		name,
		target: `${kindWords[kind].short}/${name}`,
		desired,
		updated,
		ready,
		available,
		message,
		images: images.join(' '),
		keeper: keptBy.map(ownerName).join(', '),
		keptBy,
		age: age(createdAt, now),
	};
}

const phaseRank: Readonly<Record<PhaseName, number>> = {stalled: 0, paused: 2, progressing: 3, complete: 4};

function rankOf({phase, isStuck}: WorkloadRow): number {
	if (phase === undefined) return 5;
	return isStuck ? Math.min(1, phaseRank[phase]) : phaseRank[phase];
}

const kindRank: Readonly<Record<WorkloadKind, number>> = {Deployment: 0, StatefulSet: 1, DaemonSet: 2, ArgoRollout: 3};

/** Stalled, stuck, paused, progressing, complete, deleted; among equals by namespace, name and kind, so that nothing moves that did not change. */
export function byUrgency(left: WorkloadRow, right: WorkloadRow): number {
	return rankOf(left) - rankOf(right) || byName(left, right);
}

/** By namespace, name and kind. */
export function byName(left: WorkloadRow, right: WorkloadRow): number {
	return compare(left.namespace, right.namespace) || compare(left.name, right.name) || kindRank[left.kind] - kindRank[right.kind];
}

function compare(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}

/** Words that stand for the same are counted as one: the kind's own by their phase. */
function countsOf(rows: readonly WorkloadRow[]): readonly WorkloadCount[] {
	const counts = new Map<string, WorkloadCount>();
	for (const {phase, isStuck, tone} of rows) {
		const word = phase === undefined ? 'deleted' : isStuck && phase === 'progressing' ? 'stuck' : phase;
		counts.set(word, {word, tone: counts.get(word)?.tone ?? tone, count: (counts.get(word)?.count ?? 0) + 1});
	}
	return [...counts.values()];
}

/** What was asked for, as it would be typed. */
function askedText(selection: WorkloadSelection): string {
	if (selection.kind === 'named') return '';
	const kinds = kindsOf(selection);
	const words = kinds.length === 1 ? kinds.map(kind => kindWords[kind].plural) : [];
	return [...words, ...(selection.labelSelector === undefined ? [] : [`-l ${selection.labelSelector}`])].join(' ');
}

function connectionOf({streams, now}: WorkloadListState): WorkloadListView['connection'] {
	const conditions = [...streams.values()].map(({condition}) => condition);
	const lost = conditions.find(({kind}) => kind === 'lost');
	if (lost !== undefined) return {kind: 'lost', text: standing(lost, now)};
	if (conditions.length > 0 && conditions.every(({kind}) => kind === 'forbidden')) return {kind: 'lost', text: 'FORBIDDEN'};
	return conditions.some(({kind}) => kind === 'syncing') ? {kind: 'syncing', text: 'SYNCING'} : {kind: 'live', text: 'LIVE'};
}

function remarksOf({streams, entries, closer, now}: WorkloadListState): WorkloadListView['remarks'] {
	const troubled = [...streams].filter(([, {condition}]) => condition.kind === 'lost' || condition.kind === 'forbidden');
	const unfinished = [...entries.values()].filter(({workload}) => workload !== undefined).length;
	return [
		...troubled.map(([kind, {condition}]) => ({tone: 'bad', text: `${kindWords[kind].plural}: ${conditionText(condition, now)}`}) as const),
		...(unfinished > mostCloser && closer.size >= mostCloser
			? [{tone: 'quiet', text: `why is said of ${closer.size} of ${unfinished} that are not done: more pods are not read`} as const]
			: []),
	];
}
