import {plainText} from '../domain/sanitise.ts';
import type {ScreenView} from '../store/views.ts';
import {mixLine} from './plain-reporter.ts';

/** The text of `--once`: the screen's facts as kubectl-like tables, for logs and mails. */
export function snapshotText(view: ScreenView): string {
	const {header, rollout, replicaSets, pods, mix} = view;
	const sections: string[][] = [
		[
			`${header.context} / ${header.namespace} / ${header.target}`,
			`${rollout?.word ?? 'UNKNOWN'}  ${rollout?.message ?? ''}`,
			...(rollout?.notes ?? []).map(({text}) => text),
		].map(plainText),
		table(
			['REV', 'NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'],
			replicaSets.map(row => [`${row.current ? '*' : ''}${row.revision ?? ''}`, row.name, `${row.desired}`, `${row.currentReplicas}`, `${row.ready}`, row.age]),
		),
		table(
			['REV', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE'],
			pods.map(row => [`${row.isNew ? '*' : ''}${row.revision ?? ''}`, row.name, row.ready, row.status, row.restarts, row.age, row.ip, row.node]),
		),
		...(mix.mode === 'off' ? [] : [[plainText(mixLine(mix))]]),
	];
	return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`;
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
