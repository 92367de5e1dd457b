import {readFileSync} from 'node:fs';
import type {Terminal} from '../../e2e/terminal.ts';

/** What the program says of a recording from a moment on; the store's own test holds these rows against the recording. */
export interface ToldRow {
	readonly t: number;
	readonly word: string;
	readonly waitingFor: string;
	/** Undefined where no steps are shown. */
	readonly step: {readonly current: number; readonly of: number; readonly wait: string; readonly active: boolean} | undefined;
	readonly mayContinue: boolean;
}

export function toldRows(scenario: string): readonly ToldRow[] {
	const text = readFileSync(new URL(`../../fixtures/progressive/told/${scenario}.txt`, import.meta.url), 'utf8');
	return text
		.split('\n')
		.filter(line => line.includes(' | ') && !line.endsWith('not there'))
		.map(line => {
			const [t = '', word = '', waitingFor = '', standing = '', , keys = ''] = line.split('|').map(cell => cell.trim());
			return {t: Number(t), word: word.toUpperCase(), waitingFor, step: stepOf(standing), mayContinue: keys.includes('n')};
		});
}

/** `0 of 2 person`: how many are done, of how many, and what it waits for. */
function stepOf(standing: string): ToldRow['step'] {
	const [, done, of, idle, wait = '-'] = /^(\d+) of (\d+)( \(idle\))? (\S+)$/.exec(standing) ?? [];
	return of === undefined ? undefined : {current: Number(done) + 1, of: Number(of), wait, active: idle === undefined};
}

const waits: Readonly<Record<string, string>> = {
	person: 'waits for you',
	pods: 'waits for pods',
	traffic: 'waits for the traffic',
	analysis: 'waits for its analysis',
	finishing: 'finishing',
};

/** After a key of ours the screen says how far that has come, for as long as it goes on. */
function wordOf(word: string): RegExp {
	return word === 'PROGRESSING' ? /◌ (PROGRESSING|ROLLING (OUT|BACK)) ?/ : new RegExp(` ${word} `);
}

/** Whether a screen says what the row does, in its own words. */
function says({word, step, mayContinue}: ToldRow, text: string): boolean {
	const [line = ''] = /^│ step .*$/m.exec(text) ?? [];
	if (!wordOf(word).test(text) || (mayContinue ? !text.includes('n continue') : /^│ ◌ .*n continue/m.test(text))) return false;
	if (step?.active !== true) return true;
	const at = step.current > step.of ? '' : `${step.current} of ${step.of}`;
	return line.includes(at) && line.includes(waits[step.wait] ?? '');
}

/** Waits until the screen says what the row does. */
export async function showsRow(screen: Terminal, row: ToldRow): Promise<void> {
	await screen.until(JSON.stringify(row), text => says(row, text));
}
