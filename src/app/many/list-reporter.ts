import {plainText} from '../../domain/sanitise.ts';
import {shortText} from '../../domain/short-text.ts';
import {timeOfDay} from '../../store/selectors/time-of-day.ts';
import type {WorkloadListView, WorkloadRow} from '../../store/workload-list/list-views.ts';
import {countsText} from './list-text.ts';

/** Lines of what changed in a list from one view to the next. */
export type ListReporter = {readonly report: (view: WorkloadListView, now: number) => readonly string[]};

const longestWhy = 200;

/**
 * One line for each workload whose phase, or what it waits for, is another than was told of it last, and for each that comes or goes. What is complete from the start is
 * only counted: hundreds of lines about nothing would hide the rest.
 */
export function createListReporter(): ListReporter {
	const told = new Map<string, {readonly row: WorkloadRow; readonly text: string}>();
	let connection = '';
	let isFirst = true;
	const rowLines = (view: WorkloadListView): readonly string[] => {
		const lines: string[] = [];
		const here = new Set(view.rows.map(({uid}) => uid));
		for (const row of view.rows) {
			const text = rowText(row);
			const isNews = told.get(row.uid)?.text !== text && !(isFirst && row.phase === 'complete');
			told.set(row.uid, {row, text});
			if (isNews) lines.push(`${nameOf(row, view)}  ${text}`);
		}
		for (const [uid, {row}] of told) {
			if (here.has(uid)) continue;
			told.delete(uid);
			lines.push(`${nameOf(row, view)}  ${'DELETED'.padEnd(11)} it was deleted, and is not waited for`);
		}
		return lines;
	};
	const connectionLines = ({connection: {kind, text}, remarks}: WorkloadListView): readonly string[] => {
		const isNews = kind !== connection && (kind === 'lost' || (kind === 'live' && !isFirst));
		if (kind !== 'syncing') connection = kind;
		const reasons = isFirst || isNews ? remarks.filter(({tone}) => tone === 'bad').map(remark => remark.text) : [];
		return [...(isNews ? [text] : []), ...reasons];
	};
	return {
		report(view, now) {
			const counted = isFirst ? [countsText(view)] : [];
			const lines = [...counted, ...connectionLines(view), ...rowLines(view)];
			isFirst = false;
			return lines.map(line => plainText(`${timeOfDay(now)}  ${line}`));
		},
	};
}

function rowText({word, why, message, phase}: WorkloadRow): string {
	return `${word.padEnd(11)} ${shortText(phase === 'complete' ? message : why, longestWhy)}`;
}

function nameOf({target, namespace}: WorkloadRow, view: WorkloadListView): string {
	return view.namespace === undefined ? `${namespace} ${target}` : target;
}
