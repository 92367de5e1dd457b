import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import {canBeAsked} from '../domain/mix/pod-port.ts';
import {mixTargets} from '../store/sampler-state.ts';
import {rolloutFacts} from '../store/selectors/rollout-facts.ts';
import type {State} from '../store/state.ts';
import type {ScreenView} from '../store/views.ts';
import {focused} from '../store/workload-state.ts';
import {snapshotEnding} from './ending.ts';
import {isSettled, isSettledBeside, until} from './first-sight.ts';
import {jsonSnapshot} from './json-snapshot.ts';
import {jsonText} from './json-text.ts';
import {readLogTailOf} from './log-tails.ts';
import {serviceSnapshotEnding} from './service-ending.ts';
import {serviceSnapshot} from './service-snapshot.ts';
import type {Session} from './session.ts';
import {snapshotText} from './snapshot-text.ts';

/** Whether the state already tells of all targets: it is published a moment later than they begin. */
function hasStarted({sampler}: State, options: Options): boolean {
	return sampler.targets.length >= Math.max(1, options.sampler.targets.length);
}

/** Where single pods are asked and nothing else, there is no mix to wait for. */
function hasEnough(state: State, {mix}: ScreenView, {sampler}: Options): boolean {
	const least = mixTargets(state.sampler).length === 0 ? 0 : sampler.samples;
	return (mix.targets.length === 0 ? [mix] : mix.targets).every(({samples}) => samples >= least) && havePodsAnswered(state);
}

/** Whether each pod that can be asked has been, where single pods are asked. */
function havePodsAnswered({sampler, pods}: State): boolean {
	if (mixTargets(sampler).length === sampler.targets.length) return true;
	return [...pods.values()].every(pod => !canBeAsked(pod) || sampler.podAnswers.has(pod.uid));
}

/** What only adds to the picture is worth this wait, and no longer. */
const besideWithinMs = 1_000;

/** Writes one snapshot, after the samples that --curl asks for. Gives how the rollout stands; `undefined` when the signal came first. Throws what ended the curl loop before. */
export async function runOnce(session: Session, options: Options, write: (text: string) => void, signal: AbortSignal): Promise<Ending | undefined> {
	const {store, view, sampler, now} = session;
	if ((await until(store, state => isSettled(state) || undefined, signal)) === undefined) return undefined;
	const isBesideSettled = until(store, state => isSettledBeside(state) || undefined, AbortSignal.any([signal, AbortSignal.timeout(besideWithinMs)]));
	await Promise.all([isBesideSettled, readLogTailOf(session, besideWithinMs)]);
	if (signal.aborted) return undefined;
	if (sampler.isRunning()) {
		const enough = (state: State) => sampler.failure() !== undefined || (hasStarted(state, options) && hasEnough(state, view.snapshot(), options)) || undefined;
		if ((await until(store, enough, signal)) === undefined) return undefined;
		// The samples that are missing would never come.
		if (sampler.failure() !== undefined) throw sampler.failure();
		sampler.stop();
	}
	store.dispatch({type: 'ticked', at: now()});
	store.flush();
	const taken = snapshotOf(store.snapshot(), view.snapshot());
	if (taken === undefined) return 'notFound';
	write(options.output === 'json' ? `${jsonText(taken.json, 2)}\n` : snapshotText(view.snapshot()));
	return taken.ending;
}

function snapshotOf(whole: State, view: ScreenView): {readonly json: Record<string, unknown>; readonly ending: Ending} | undefined {
	const {service, replicaSets, pods, mix} = view;
	if (service !== undefined) return {json: serviceSnapshot(whole, service, mix), ending: serviceSnapshotEnding(whole)};
	const state = focused(whole);
	const facts = rolloutFacts(state, state.now);
	if (facts === undefined) return undefined;
	return {json: jsonSnapshot({state, facts, replicaSets, pods, mix}), ending: snapshotEnding(facts)};
}
