import type {Pod} from '../pod.ts';
import {hasRecovered} from './crashing.ts';
import type {FindingKind} from './finding-kind.ts';
import {creationKinds, type Verdict, type VerdictInput} from './verdict.ts';

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
function contradiction({cause}: SaidVerdict, fresh: Verdict | undefined, {phase, newPods, findings, now}: VerdictInput): string | undefined {
	if (phase.phase === 'complete') return 'it has succeeded';
	// Nothing goes on: nothing shows anything.
	if (fresh === undefined || phase.phase !== 'progressing') return undefined;
	if (cause !== undefined && creationKinds.has(cause)) return findings.some(({kind}) => kind === cause) ? undefined : 'pods can be created again';
	const recovered = newPods.find(pod => hasRecovered(pod, now));
	if (recovered !== undefined) return `${recovered.name} is ready`;
	const started = cause?.startsWith('image-') === true ? newPods.find(hasStarted) : undefined;
	return started === undefined ? otherTrouble(cause, findings) : `${started.name} has its image`;
}

function hasStarted({containerStatuses, initContainerStatuses}: Pod): boolean {
	return [...initContainerStatuses, ...containerStatuses].some(({state, restartCount}) => state.kind === 'running' || restartCount > 0);
}

/** The same pods are in another trouble by now, of which it is not known that it will stay. */
function otherTrouble(cause: FindingKind | undefined, findings: VerdictInput['findings']): string | undefined {
	const other = findings.find(({object, hope}) => object.kind === 'Pod' && hope !== 'waits');
	if (other === undefined || other.kind === cause || cause?.startsWith('image-') !== true) return undefined;
	return `${other.object.name} ${other.message}`;
}
