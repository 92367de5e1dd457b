import {expect, test} from 'vitest';
import {isComplete} from './measures/start-up.mjs';
import {byPart, entriesOf, originsIn} from './profile.mjs';
import {resultsText} from './results.mjs';
import {isKept, tableMarkdown, tableText} from './table.mjs';

const rows = [
	{budget: 'start', pods: 5000, unit: 'ms', value: 812.4, limit: 900, peer: {name: 'kubectl get pods', value: 1624.8}},
	{budget: '  bytes | frames', unit: 'kB', value: 3, limit: 2},
	{budget: 'told only', unit: '', value: 7},
];

test('sets a figure beside its limit and its peer, and judges only what has a limit', () => {
	expect(tableText(rows).split('\n').slice(1)).toMatchInlineSnapshot(`
		[
		  "start             5,000  812 ms    ≤ 900 ms  1625 ms kubectl get pods  ×0.5   ok",
		  "  bytes | frames         3 kB      ≤ 2 kB                                     OVER",
		  "told only                7",
		]
	`);
	expect(rows.map(isKept)).toEqual([true, false, undefined]);
});

test('writes the same as Markdown, whose own signs in it stay text', () => {
	const lines = tableMarkdown(rows).split('\n');
	expect(lines.every(line => line.replaceAll('\\|', '').split('|').length === 10)).toBe(true);
	expect(lines[3]).toContain('&emsp;bytes \\| frames');
});

test('the file of results holds machine, budgets and what is no single figure', () => {
	const text = resultsText({
		date: new Date('2026-11-21T14:03:22Z'),
		machine: [['Node', 'v20']],
		loads: ['start 0.4'],
		missing: ['roll (it failed)'],
		minutes: 12.4,
		rows,
		sections: ['## Growth'],
	});
	expect(text).toContain('| date | 2026-11-21 14:03 |');
	expect(text).toContain('12 minutes; load after each measure: start 0.4');
	expect(text).toContain('| not measured | roll (it failed) |');
	expect(text.indexOf('## Budgets')).toBeLessThan(text.indexOf('## Growth'));
});

const frame = (id: number, functionName: string, url: string, lineNumber: number) => ({id, callFrame: {functionName, url, lineNumber}});

test('adds up what a profile took, by function and by the part that it belongs to', () => {
	const bundle = ['// src/ui/frame.ts', 'function a() {}', '// node_modules/@scope/ink/build/x.js', 'function b() {}'].join('\n');
	const origin = originsIn(bundle);
	const profile = {
		nodes: [
			frame(1, '(idle)', '', 0),
			frame(2, 'a', 'file:///p.js', 1),
			frame(3, 'b', 'file:///p.js', 3),
			frame(4, '(garbage collector)', '', 0),
			frame(5, 'a', 'file:///p.js', 1),
		],
		samples: [1, 2, 3, 5, 4],
		timeDeltas: [9000, 1000, 3000, 4000, 2000],
	};
	const entries = entriesOf(profile, (_, line) => origin(line));
	expect(entries).toEqual([
		{name: 'a', place: 'src/ui/frame.ts', ms: 5},
		{name: 'b', place: 'node_modules/@scope/ink/build/x.js', ms: 3},
		{name: '(garbage collector)', place: '', ms: 2},
	]);
	expect(byPart(entries).map(({name, ms}) => [name, ms])).toEqual([
		['src/ui', 5],
		['@scope/ink', 3],
		['(garbage collector)', 2],
	]);
});

const screen = (counted: string, terminating = '') => `
│ ✔ COMPLETE  deployment "web" successfully rolled out   ${terminating}
│ ▶ 2  web-58cd44787d     1000     1000   1000   20s     ││ not measured
╭ Pods · ${counted} ────
│ ▶ 2  web-58cd44787d-22x2v  1/1      Running            0
│ 19:38:33  − web-55b8b56849-wwr51  terminating`;

test.each([
	{what: 'all pods are counted', text: screen('1000'), is: true},
	{what: 'all are counted, in groups of three digits', text: screen('1,000'), is: true},
	{what: 'the first page of pods is there', text: screen('500'), is: false},
	{what: 'more digits follow', text: screen('10000'), is: false},
	{what: 'old pods are still terminating', text: screen('1000', '227 terminating'), is: false},
])('a frame is complete ($is) when $what', ({text, is}) => {
	expect(isComplete(text, {name: 'web', size: 1000})).toBe(is);
});
