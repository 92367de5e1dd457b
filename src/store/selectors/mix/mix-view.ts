import {expectedOver} from '../../../domain/mix/expected-over.ts';
import {lastOutcomes, latencyQuantiles, type VersionMix, versionMix} from '../../../domain/mix/version-mix.ts';
import {versionNumbers, versionTotals} from '../../../domain/mix/version-numbers.ts';
import type {RuleName} from '../../../domain/sample.ts';
import {emptyWindow, secondsWithin} from '../../../domain/sample-window.ts';
import {chosenTarget, mixTargets, type TargetState} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import {expectedAt, noServiceReason, serviceOfTarget} from '../../target-service.ts';
import type {MixRow, MixView, TargetRow} from '../../views.ts';
import {withDeclared} from './declared.ts';
import {type Measured, mixRows, roundedLatencies, totalRows} from './mix-rows.ts';
import {downtimeView, outageRows} from './outage-rows.ts';
import {comparisonRemarks, spreadRemarks} from './remarks-view.ts';
import {verdictView} from './verdict-view.ts';

const ruleTexts: Readonly<Record<RuleName, string>> = {
	header: 'version by the header asked for',
	body: 'version by the pattern asked for',
	json: 'version by the JSON path asked for',
	title: 'version by page title',
	pod: 'version by pod',
	'auto:word': 'version by a word in the body',
	'auto:header': 'version by a header',
	'auto:pod': 'version by the pod named in the body',
	'auto:title': 'version by page title',
	'auto:body': 'no version found: told apart by body',
};

/** As many answers as the widest strip shows. */
const stripLength = 200;

/** Which version users get, measured; next to what the ready endpoints should give. */
export function mixView(state: State): MixView {
	const {sampler, now} = state;
	const targets = mixTargets(sampler);
	const chosen = chosenTarget(sampler);
	const window = chosen?.window ?? emptyWindow;
	const measured = measuredAt(chosen, state);
	const {mix} = measured;
	const rows = withDeclared(mixRows(measured, state), state);
	const latency = latencyQuantiles(window, now, sampler.windowSeconds);
	return {
		mode: sampler.mode,
		...targetWords(chosen, state),
		route: chosen?.route,
		intervalMs: chosen?.intervalMs ?? 0,
		windowSeconds: sampler.windowSeconds,
		samples: mix.samples,
		rows,
		strip: lastOutcomes(window, stripLength),
		latencyMs: latency && roundedLatencies(latency),
		rule: ruleOf(mix),
		pace: paceText(chosen),
		remarks: [...(chosen === undefined ? [] : spreadRemarks(chosen, state)), ...comparisonRemarks(measured, rows, state)],
		...(chosen === undefined || mix.samples === 0 ? nothingSaid : judgements(chosen, rows, state)),
		total: window.firstAt === undefined ? undefined : {since: window.firstAt, rows: totalRows(versionTotals(window), measured, state)},
		targets: targets.length < 2 ? [] : targets.map(target => targetRow(target, state, target === chosen)),
	};
}

const nothingSaid = {verdict: undefined, downtime: undefined, outages: []} as const;

function judgements(target: TargetState, rows: readonly MixRow[], state: State): Pick<MixView, keyof typeof nothingSaid> {
	return {verdict: verdictView(target, rows, state), downtime: downtimeView(target), outages: outageRows(target, state)};
}

/** What is asked, or would be; and why it can't be. */
function targetWords(chosen: TargetState | undefined, state: State): Pick<MixView, 'target' | 'offReason'> {
	const service = serviceOfTarget(state, chosen);
	const missing = chosen === undefined && service === undefined ? noServiceReason(state) : undefined;
	return {target: chosen?.target ?? (service && `svc/${service}`), offReason: state.sampler.problem?.text ?? missing};
}

function measuredAt(target: TargetState | undefined, state: State): Measured {
	const {now, sampler} = state;
	const window = target?.window ?? emptyWindow;
	const mix = versionMix(window, now, sampler.windowSeconds);
	const expected = expectedOver(secondsWithin(window, now, sampler.windowSeconds), target?.expectations ?? []);
	return {
		mix,
		numbers: versionNumbers(window, now, sampler.windowSeconds),
		expected: expected.length > 0 ? expected : expectedAt(state, target),
	};
}

function targetRow(target: TargetState, state: State, chosen: boolean): TargetRow {
	const measured = measuredAt(target, state);
	const rows = mixRows(measured, state);
	return {id: target.id, target: target.target, chosen, samples: measured.mix.samples, rows, verdict: verdictView(target, rows, state)};
}

/** `a request every 2 s instead of 1 s: the target answers 429`, more often than each second as a rate; of one that only waits, what for. */
function paceText(target: TargetState | undefined): string | undefined {
	if (target?.pace === undefined) return undefined;
	const {intervalMs, reason} = target.pace;
	const asked = target.intervalMs;
	if (intervalMs === asked) return reason;
	const seconds = (ms: number) => `${Math.round(ms / 10) / 100} s`;
	const rate = (ms: number) => Number((1000 / ms).toPrecision(3));
	const pace =
		asked < 1000 ? `asked ${rate(intervalMs)} times a second instead of ${rate(asked)}` : `a request every ${seconds(intervalMs)} instead of ${seconds(asked)}`;
	return `${pace}${reason === undefined ? '' : `: ${reason}`}`;
}

function ruleOf({versions, unrecognised, failures, samples}: VersionMix): MixView['rule'] {
	if (failures.some(({reason}) => reason === 'proxy-forbidden'))
		return {name: undefined, text: 'forbidden: needs the right to get services/proxy', tone: 'bad'};
	const [first] = versions;
	if (first === undefined) {
		if (unrecognised.count > 0) return {name: undefined, text: `the version rule matched none of ${samples} answers`, tone: 'bad'};
		return {name: undefined, text: '', tone: 'quiet'};
	}
	return {name: first.rule, text: ruleTexts[first.rule], tone: first.rule === 'auto:body' ? 'change' : 'quiet'};
}
