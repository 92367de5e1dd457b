import {type ChangeObject, diffArrays} from 'diff';
import type {JsonObject} from './json.ts';
import {mask} from './mask-text.ts';
import {maskedPair} from './mask-values.ts';
import {withoutHash} from './same-template.ts';
import {printable} from './sanitise.ts';
import type {Template} from './template.ts';
import type {ValuesShown} from './template-changes.ts';
import {yamlLines, yamlPlaces} from './template-yaml.ts';

/** A line of a diff. `place`: where the lines below it stand in the template; `left-out`: there were more. Texts are printable and bounded. */
export type DiffLine = {readonly kind: 'same' | 'added' | 'removed' | 'place' | 'left-out'; readonly text: string};

/** How one template becomes another. */
export type TemplateDiff = {
	readonly lines: readonly DiffLine[];
	readonly added: number;
	readonly removed: number;
	/** Values that look like secrets are not shown. */
	readonly masked: boolean;
};

type Part = {readonly kind: 'same' | 'added' | 'removed'; readonly lines: readonly string[]};

/** Lines of what stays the same around a change. */
const context = 3;
/** Beyond so many changed lines a diff is no reading matter, and finding the shortest one takes the square of it. */
const mostEdits = 2000;
const mostLines = 5000;
const longestLine = 1000;

/** All that differs as one block: still true, only not the shortest. */
function blockDiff(from: readonly string[], to: readonly string[]): readonly Part[] {
	const shorter = Math.min(from.length, to.length);
	let start = 0;
	while (start < shorter && from[start] === to[start]) start += 1;
	let end = 0;
	while (end < shorter - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
	return [
		{kind: 'same', lines: from.slice(0, start)},
		{kind: 'removed', lines: from.slice(start, from.length - end)},
		{kind: 'added', lines: to.slice(start, to.length - end)},
		{kind: 'same', lines: from.slice(from.length - end)},
	];
}

function partOf({added, removed, value}: ChangeObject<string[]>): Part {
	return {kind: added ? 'added' : removed ? 'removed' : 'same', lines: value};
}

function shown(text: string): string {
	const more = text.length - longestLine;
	return `${printable(text.slice(0, longestLine))}${more > 0 ? `… (${more} more characters)` : ''}`;
}

/** The lines between two changes, or before and after all: only those next to a change. */
function around(lines: readonly string[], at: number, isFirst: boolean, isLast: boolean, places: readonly string[]): readonly DiffLine[] {
	const same = (text: string): DiffLine => ({kind: 'same', text: shown(text)});
	const before = isFirst ? [] : lines.slice(0, context);
	const after = isLast ? [] : lines.slice(Math.max(0, lines.length - context));
	const left = lines.length - before.length - after.length;
	if (left <= 0 && !isLast && !isFirst) return lines.map(same);
	const place: DiffLine[] = isLast ? [] : [{kind: 'place', text: shown(places[at + lines.length - after.length] ?? '')}];
	return [...before.map(same), ...place, ...after.map(same)];
}

function unified(parts: readonly Part[], from: readonly string[]): readonly DiffLine[] {
	const told = parts.filter(({lines}) => lines.length > 0);
	const places = yamlPlaces(from);
	let at = 0;
	return told.flatMap(({kind, lines}, index) => {
		const begin = at;
		if (kind !== 'added') at += lines.length;
		if (kind === 'same') return told.length === 1 ? [] : around(lines, begin, index === 0, index === told.length - 1, places);
		return lines.map((text): DiffLine => ({kind, text: shown(text)}));
	});
}

function bounded(lines: readonly DiffLine[]): readonly DiffLine[] {
	const more = lines.length - mostLines;
	return more <= 0 ? lines : [...lines.slice(0, mostLines), {kind: 'left-out', text: `${more} more lines`}];
}

function masksIn(pair: readonly JsonObject[]): number {
	return JSON.stringify(pair).split(mask).length;
}

/**
 * How the template `from` becomes `to`, as a unified diff of their YAML: without the hash label, keys in a fixed order, what looks like a secret masked.
 * Empty exactly where both make the same pods. Bounded in time and length whatever the templates hold.
 */
export function templateDiff(from: Pick<Template, 'raw'>, to: Pick<Template, 'raw'>, {showValues = false}: ValuesShown = {}): TemplateDiff {
	const raw = [withoutHash(from.raw), withoutHash(to.raw)] as const;
	const pair = showValues ? raw : maskedPair(...raw);
	const [left, right] = pair.map(yamlLines) as [readonly string[], readonly string[]];
	const parts = diffArrays([...left], [...right], {maxEditLength: mostEdits})?.map(partOf) ?? blockDiff(left, right);
	const count = (kind: Part['kind']) => parts.reduce((sum, part) => sum + (part.kind === kind ? part.lines.length : 0), 0);
	return {
		lines: bounded(unified(parts, left)),
		added: count('added'),
		removed: count('removed'),
		masked: masksIn(pair) > masksIn(raw),
	};
}
