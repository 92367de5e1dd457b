import type {Pod} from '../../domain/pod.ts';
import type {State} from '../state.ts';
import type {ConfirmView} from '../views.ts';

/** What a LIST with a selector brought, or why it brought nothing. */
export type ListedPods = {readonly query: string} & ({readonly pods: readonly Pod[]} | {readonly problem: string});

/** What a confirmation needs that no watch brings: read from the API when the question is opened. */
export type ConfirmExtras = {
	/** The file that was given on the command line. */
	readonly kubeconfig?: string | undefined;
	readonly listed?: ListedPods | undefined;
};

/** Where kubectl keeps what it applied last. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Where the command goes. */
export function placeOf({target: {context, server, namespace}}: Pick<State, 'target'>): Pick<ConfirmView, 'context' | 'server' | 'namespace'> {
	return {context, server, namespace};
}

/** A share as the confirmations say it. */
export function shareText(share: number | undefined): string {
	return share === undefined ? 'nothing' : `${Math.round(share * 100)}%`;
}
