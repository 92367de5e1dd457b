import type {EndpointCounts} from '../../domain/service-sides.ts';
import type {ServiceView} from '../../store/service-views.ts';
import type {Line} from '../line.ts';
import {cell, cutLine, span} from '../line.ts';
import {textWidth, wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

const labelWidth = 9;

/** `7 ready`, `2 terminating, 1 still serving`, `1 not ready`. */
function endpointTexts({ready, serving, terminating, unready}: EndpointCounts): readonly string[] {
	const still = serving - ready;
	return [
		`${ready} ready`,
		...(terminating === 0 ? [] : [`${terminating} terminating${still > 0 ? `, ${still} still serving` : ''}`]),
		...(unready === 0 ? [] : [`${unready} not ready`]),
	];
}

/** A label and its values: in one line where they fit, else one below the other. */
function field(label: string, values: readonly string[], separator: string, width: number, style: 'plain' | 'strong' = 'plain'): Line[] {
	const joined = values.join(separator);
	const rows = labelWidth + 2 + textWidth(joined) <= width ? [joined] : values;
	return rows.map((value, index) => cutLine([cell(index === 0 ? label : '', labelWidth, 'quiet'), span('  '), span(value, style)], width));
}

/** The Service: who gets its traffic first, then how it is reached. */
export function serviceLines(view: ServiceView, width: number, limit: number, theme: Theme): Line[] {
	const selector = view.selector.map(({name, value}) => `${name}=${value}`);
	const notes = view.notes.flatMap(({tone, text}) =>
		wrapAtMost(text, width - 2, 3).map((part, index) => [span(`${index === 0 ? theme.glyphs.tone[tone] : ' '} ${part}`, toneStyle(tone))]),
	);
	return [
		...(view.pending === undefined ? [] : [[span(`${theme.glyphs.tone.change} ${view.pending}`, 'change')]]),
		...field('selector', selector.length === 0 ? ['none'] : selector, ', ', width, 'strong'),
		...field('endpoints', endpointTexts(view.endpoints), ' · ', width),
		...notes,
		...field('type', view.clusterIp === undefined ? [view.type] : [view.type, view.clusterIp], ' ', width),
		...field('port', view.ports, ' · ', width),
		...(view.affinity === undefined ? [] : field('affinity', [view.affinity], '', width)),
	].slice(0, limit);
}
