import type {Upkeep} from '../../../domain/ownership.ts';
import {percent} from '../../../domain/percent.ts';
import type {Pod} from '../../../domain/pod.ts';

/** What a LIST with a selector brought, or why it brought nothing. */
export type ListedPods = {readonly query: string} & ({readonly pods: readonly Pod[]} | {readonly problem: string});

/** What a confirmation needs that no watch brings: read from the API when the question is opened. */
export type ConfirmExtras = {
	/** The file that was given on the command line. */
	readonly kubeconfig?: string | undefined;
	readonly listed?: ListedPods | undefined;
	readonly upkeep?: Upkeep | undefined;
};

/** A share as the confirmations say it: `nothing` where nobody answers. */
export function shareText(share: number | undefined): string {
	return share === undefined ? 'nothing' : percent(share);
}
