import {causeOf, podHappenings} from '../../../domain/mix/outage-cause.ts';
import {outageSummary, outageText} from '../../../domain/mix/outage-text.ts';
import {outageKey, type TargetState} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import type {OutageRow, Remark} from '../../views.ts';

/** As many as anybody reads. */
const mostRows = 20;

/** Failed requests since the start in one sentence. */
export function downtimeView({outages: {now}}: TargetState): Remark {
	return {tone: now.failed + now.unasked === 0 ? 'quiet' : 'bad', text: outageSummary(now)};
}

/** The last outages, newest first. The timeline's lines tell the same; who has lost sight of them finds them here. */
export function outageRows(target: TargetState, state: State): readonly OutageRow[] {
	const key = outageKey(target);
	const happenings = podHappenings(state.timeline);
	const told = new Map(state.timeline.flatMap(({outage, text}) => (outage === undefined ? [] : [[outage.id, text] as const])));
	return target.outages.now.list
		.slice(-mostRows)
		.toReversed()
		.map(outage => ({at: outage.startAt, tone: 'bad', text: told.get(`${key}/${outage.id}`) ?? outageText(outage, causeOf(outage.first, happenings))}));
}
