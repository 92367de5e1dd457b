import type {Binding, Mode} from '../../app/keymap.ts';
import {disabledReason, footerBindings, footerPlace, keyWord} from '../../app/keymap.ts';
import type {ScreenView, Tone} from '../../store/views.ts';
import type {Line, Span} from '../line.ts';
import {cutLine, lineWidth, span, spread} from '../line.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

const shortKeys: Readonly<Record<string, string>> = {tab: '↹', enter: '⏎'};

function keySpans(binding: Binding, disabled: boolean, theme: Theme): Line {
	const first = binding.keys[0] ?? '';
	const key = theme.ascii ? keyWord(first) : (shortKeys[first] ?? keyWord(first));
	return [span(key, disabled ? 'quiet' : 'key'), span(` ${binding.label}  `, disabled ? 'quiet' : 'plain')];
}

type Shown = {readonly binding: Binding; readonly disabled: boolean; readonly weight: number};

function shownOf(binding: Binding, mode: Mode, view: ScreenView | undefined): Shown {
	const place = footerPlace(binding, mode, view) ?? 0;
	if (view === undefined) return {binding, disabled: false, weight: place};
	// What may not be done is dim where it stands: the line must not move when rights become known.
	const leavesFirst = binding.disabledReason?.(view) !== undefined;
	return {binding, disabled: disabledReason(binding, view) !== undefined, weight: place + (leavesFirst ? 100 : 0)};
}

/** The keys that fit: first those leave that can't act now, then the least important. */
function shownBindings(mode: Mode, view: ScreenView | undefined, width: number, theme: Theme): readonly Shown[] {
	// What only some workloads have is what these are about.
	const all = footerBindings(mode, view);
	let shown = [...all.filter(({footerIf}) => footerIf !== undefined), ...all.filter(({footerIf}) => footerIf === undefined)].map(binding =>
		shownOf(binding, mode, view),
	);
	while (shown.length > 1 && shown.reduce((sum, one) => sum + lineWidth(keySpans(one.binding, one.disabled, theme)), 0) > width) {
		const leaving = Math.max(...shown.map(({weight}) => weight));
		shown = shown.filter(({weight}) => weight !== leaving);
	}
	return shown;
}

/** The keys that act now. */
export function keysLine(mode: Mode, view: ScreenView | undefined, width: number, theme: Theme): Line {
	const spans: Span[] = shownBindings(mode, view, width - 1, theme).flatMap(one => [...keySpans(one.binding, one.disabled, theme)]);
	return cutLine([span(' '), ...spans], width);
}

/** What was just said to the person, in the place of the keys. */
export function noticeLine(notice: {readonly tone: Tone; readonly text: string}, width: number, theme: Theme): Line {
	return cutLine([span(' '), span(`${theme.glyphs.tone[notice.tone]} ${notice.text}`, notice.tone === 'quiet' ? 'plain' : toneStyle(notice.tone))], width);
}

/** The filter while it is typed. */
export function filterLine(filter: string, matches: string, width: number, theme: Theme): Line {
	const keys = keysLine('filter', undefined, 24, theme);
	return spread([span(' / ', 'key'), span(filter), span(' ', 'selected'), span(`  ${matches}`, 'quiet')], keys, width);
}
