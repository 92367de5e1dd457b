import type {HeaderView} from '../../store/views.ts';
import {headerClock, heardText} from '../clock.ts';
import type {Line, Span} from '../line.ts';
import {cutLine, lineWidth, span, spread} from '../line.ts';
import {textWidth, truncate, truncateName} from '../text.ts';
import type {Theme} from '../theme.ts';

const connectionStyles = {live: 'good', syncing: 'change', lost: 'bad', gone: 'bad'} as const;

/** How live what is shown is. */
export function connectionSpan(view: Pick<HeaderView, 'connection'>, theme: Theme): Span {
	const glyph = {live: theme.glyphs.slots[0] ?? '', syncing: theme.glyphs.phase.progressing, lost: theme.glyphs.failure, gone: theme.glyphs.failure}[
		view.connection.kind
	];
	return span(`${glyph} ${view.connection.text}`, connectionStyles[view.connection.kind]);
}

/** The object is what a person must not mistake: context and then namespace give way first. */
function place({context, namespace, target}: HeaderView, width: number): Line {
	const before = [`${context} / ${namespace} / `, `${namespace} / `].find(text => textWidth(text) + textWidth(target) <= width);
	return [span(before ?? ''), span(truncateName(textWidth(target) <= width ? target : briefTarget(target), width), 'strong')];
}

/** Of `svc/kubia › deploy/kubia-green` whose screen it is; of `app/shop › deploy/shop` what is watched. */
function briefTarget(target: string): string {
	const parts = target.split(' › ');
	return (target.startsWith('svc/') ? parts.at(-1) : parts[0]) ?? target;
}

// A name in less than this says nothing.
const leastPlace = 12;
const readOnlyMark = span('  READ-ONLY', 'change');
/** Where a mistake is dear it must be seen without colour, too. */
const protectedMark = ' PROTECTED ';

/** Columns that the marks take from the place. */
function marksWidth({readOnly}: HeaderView, isProtected: boolean): number {
	return (readOnly === true ? textWidth(readOnlyMark.text) : 0) + (isProtected ? textWidth(protectedMark) + 1 : 0);
}

/** The place, in red with a word where it is protected, and that nothing can be written to it; in very little room the dim keys alone say so. */
function markedPlace(view: HeaderView, isProtected: boolean, width: number): Line {
	const hasRoom = width - marksWidth(view, isProtected) >= leastPlace;
	const marks = view.readOnly === true && (hasRoom || (!isProtected && width - textWidth(readOnlyMark.text) >= leastPlace)) ? [readOnlyMark] : [];
	const room = width - marks.reduce((sum, {text}) => sum + textWidth(text), 0);
	if (!isProtected) return [...place(view, room), ...marks];
	const text = place(view, Math.max(1, room - textWidth(protectedMark) - 1)).map(part => part.text);
	return [span(truncate(`${protectedMark}${text.join('')} `, room), 'danger'), ...marks];
}

/** Where we are, and how fresh what is shown is. */
export function headerLine(view: HeaderView, isProtected: boolean, width: number, theme: Theme): Line {
	const moving = view.clock.seconds;
	const status = connectionSpan(view, theme);
	const heard =
		view.heardSecondsAgo === undefined ? undefined : span(`   ${heardText(view.heardSecondsAgo, moving)}`, view.connection.kind === 'live' ? 'quiet' : 'bad');
	const clock = span(`   ${headerClock(view.clock.at, moving)}`);
	const inner = width - 2;
	const choices: Line[] = [heard === undefined ? [status, clock] : [status, heard, clock], [status, clock], [status]];
	// In a narrow line the clock gives way to what a person must know before a key press.
	const room = inner / 2 - (width < 60 ? marksWidth(view, isProtected) : 0);
	const right = choices.find(choice => lineWidth(choice) <= room) ?? [span(truncate(status.text, Math.max(3, Math.floor(inner / 2))), status.style)];
	return cutLine([span(' '), ...spread(markedPlace(view, isProtected, inner - lineWidth(right) - 2), right, inner)], width);
}

/** What changes into what. */
export function changeLine({images, revision, changeCause, summary, keeper}: HeaderView, width: number): Line {
	if (summary !== undefined) return cutLine([span(' '), span(summary)], width);
	// Nothing is known yet.
	if (revision.to === undefined && images.from === undefined) return [];
	const imagesText: Line = images.from === undefined ? [span(images.to, 'strong')] : [span(`${images.from} → `), span(images.to, 'strong')];
	const numbers = revision.from === undefined ? `${revision.to ?? '?'}` : `${revision.from} → ${revision.to ?? '?'}`;
	const kept = keeper === undefined ? [] : [span(`      kept by ${keeper}`)];
	const cause = changeCause === undefined ? [] : [span(`      change-cause: ${changeCause}`, 'quiet')];
	return cutLine([span(' '), ...imagesText, span(`      revision ${numbers}`), ...kept, ...cause], width);
}
