import {age} from '../domain/human-duration.ts';
import {plainText} from '../domain/sanitise.ts';
import type {ServiceView} from '../store/service-views.ts';
import type {PodRow, ReplicaSetRow, ScreenView} from '../store/views.ts';
import {mixLines} from './plain-reporter.ts';
import {serviceLine, shareText} from './service-text.ts';

/** The text of `--once`: the screen's facts as kubectl-like tables, for logs and mails. */
export function snapshotText(view: ScreenView): string {
	const {header, rollout, service, replicaSets, pods, podsAt, mix} = view;
	const place = `${header.context} / ${header.namespace} / ${header.target}`;
	const standing =
		service === undefined
			? [[place, `${rollout?.word ?? 'UNKNOWN'}  ${rollout?.message ?? ''}`, ...(rollout?.notes ?? []).map(({text}) => text)], replicaSetTable(replicaSets)]
			: [[serviceLine(place, service), ...service.notes.map(({text}) => text)], sideTable(service)];
	const sections: (readonly string[])[] = [
		...standing.map(lines => lines.map(plainText)),
		podTable(pods, podsAt),
		...(mix.mode === 'off' || asksPodsOnly(mix) ? [] : [mixLines(mix).map(plainText)]),
	];
	return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

/** Where single pods are asked and nothing else there is no mix: their answers stand next to them. */
function asksPodsOnly({route}: ScreenView['mix']): boolean {
	return route === 'pod-proxy' || route === 'pod-address';
}

/** kubectl's columns, and what each pod answered where it was asked itself. */
function podTable(pods: readonly PodRow[], at: number): string[] {
	const own = pods.some(row => row.own !== undefined);
	return table(
		['REV', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE', ...(own ? ['ANSWER'] : [])],
		pods.map(row => {
			const cells = [`${row.isNew ? '*' : ''}${row.revision ?? ''}`, row.name, row.ready, row.status, row.restarts, age(row.createdAt, at), row.ip, row.node];
			return own ? [...cells, row.own?.text ?? ''] : cells;
		}),
	);
}

function replicaSetTable(rows: readonly ReplicaSetRow[]): string[] {
	return table(
		['REV', 'NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'],
		rows.map(row => [`${row.current ? '*' : ''}${row.revision ?? ''}`, row.name, `${row.desired}`, `${row.currentReplicas}`, `${row.ready}`, row.age]),
	);
}

function sideTable({sides}: ServiceView): string[] {
	return table(
		['NAME', 'PHASE', 'READY', 'UPDATED', 'SELECTED', 'ENDPOINTS', 'TERMINATING', 'EXPECTED', 'MEASURED', 'IMAGES'],
		sides.map(({name, word, ready, desired, updated, selected, endpoints, expectedShare, measured, images}) => [
			name,
			word,
			`${ready}/${desired}`,
			`${updated}`,
			selected ? 'yes' : 'no',
			`${endpoints.ready}`,
			`${endpoints.terminating}`,
			shareText(expectedShare),
			measured === undefined ? '-' : `${shareText(measured.share)} (${measured.count})`,
			images,
		]),
	);
}

/** Columns three spaces apart, as kubectl prints them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const all = [head, ...rows.map(row => row.map(plainText))];
	const widths = head.map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)));
	return all.map(row =>
		row
			.map((cell, column) => cell.padEnd((widths[column] ?? 0) + 3))
			.join('')
			.trimEnd(),
	);
}
