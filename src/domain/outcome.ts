import type {CommandResult} from './command.ts';

/** The hint where a request that changes something was on its way and nobody knows what became of it. */
export const unknownOutcome = 'whether it was done is not known: watch what the cluster shows before you repeat it';

/** How a command ended, in a word or two: nobody may read that it was refused where it may have been done. */
export function outcomeWord(result: CommandResult): 'accepted' | 'refused' | 'conflicted' | 'outcome unknown' {
	return result.kind === 'refused' && result.hint === unknownOutcome ? 'outcome unknown' : result.kind;
}
