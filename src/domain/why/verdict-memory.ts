import type {Pod} from '../pod.ts';
import {hasRecovered} from './crashing.ts';
import {crashKinds, creationKinds, type Verdict, type VerdictInput} from './verdict.ts';

/** A verdict as it was first said, and since when (epoch ms). */
export type SaidVerdict = Verdict & {readonly since: number};

/** What was said of a rollout before, and had to be taken back. `at` is epoch ms. */
export type TakenBack = {readonly said: string; readonly why: string; readonly at: number};

/** What is said of a rollout, and the last thing that had to be taken back. */
export type VerdictMemory = {readonly said: SaidVerdict | undefined; readonly takenBack: TakenBack | undefined};

/** What the judgement of this moment makes of what was said before. `input` is what `fresh` was judged by. */
export function rememberVerdict(before: VerdictMemory | undefined, fresh: Verdict | undefined, input: VerdictInput): VerdictMemory | undefined {
	const said = before?.said;
	const takenBack = before?.takenBack;
	if (said?.kind === 'cannot-succeed' && fresh?.kind !== 'cannot-succeed') {
		const why = contradiction(said, fresh, input);
		// It is not seen at this moment, as between two crashes; nothing says that it has passed.
		if (why === undefined) return before;
		return {said: fresh && {...fresh, since: input.now}, takenBack: {said: said.text, why, at: input.now}};
	}
	if (fresh === undefined) return said === undefined ? before : {said: undefined, takenBack};
	if (said !== undefined && isSame(said, fresh)) return before;
	return {said: {...fresh, since: said?.kind === fresh.kind ? said.since : input.now}, takenBack};
}

function isSame(said: SaidVerdict, fresh: Verdict): boolean {
	return (
		said.kind === fresh.kind &&
		said.text === fresh.text &&
		said.cause === fresh.cause &&
		said.next?.at === fresh.next?.at &&
		said.next?.what === fresh.next?.what
	);
}

/** What has been seen that shows that it can succeed; undefined as long as nothing has. */
function contradiction({cause}: SaidVerdict, fresh: Verdict | undefined, input: VerdictInput): string | undefined {
	const {phase, findings} = input;
	if (phase.phase === 'complete') return 'it has succeeded';
	// Nothing goes on: nothing but a pod that does well all the same shows anything.
	if (fresh === undefined || phase.phase !== 'progressing') return recoveryOf(input);
	if (cause === 'ordered-pod')
		return findings.some(({kind, hope}) => kind === cause && hope === 'none') ? undefined : 'the pod that was in the way is not any more';
	if (cause !== undefined && creationKinds.has(cause)) return findings.some(({kind}) => kind === cause) ? undefined : 'pods can be created again';
	return successOf(cause, input);
}

function recoveryOf({newPods, now}: VerdictInput): string | undefined {
	const recovered = newPods.find(pod => hasRecovered(pod, now));
	return recovered === undefined ? undefined : `${recovered.name} is ready`;
}

function successOf(cause: Verdict['cause'], input: VerdictInput): string | undefined {
	const {newPods, findings} = input;
	const recovered = recoveryOf(input);
	if (recovered !== undefined) return recovered;
	if (cause === undefined || crashKinds.has(cause) || findings.some(({kind}) => kind === cause)) return undefined;
	const started = newPods.find(hasStarted);
	if (started !== undefined) return `${started.name} has started`;
	const other = cause.startsWith('image-') ? findings.find(({kind}) => kind.startsWith('image-')) : undefined;
	return other === undefined ? undefined : `${other.object.name} ${other.message}`;
}

/** What kept its containers from starting has passed. */
function hasStarted({containerStatuses}: Pod): boolean {
	return containerStatuses.some(({state, restartCount}) => state.kind === 'running' || restartCount > 0);
}
