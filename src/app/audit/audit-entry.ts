import type {CommandResult} from '../../domain/command.ts';
import {outcomeWord} from '../../domain/outcome.ts';
import {shortText} from '../../domain/short-text.ts';
import {type Deed, type DeedFacts, standingFacts} from '../act/deed.ts';
import {jsonText} from '../json-text.ts';
import {hideLiterals} from './hide-literals.ts';

/** Who acts, and where. */
export type AuditPlace = {
	readonly context: string;
	/** URL, without credentials. */
	readonly server: string;
	/** Name of the user in the kubeconfig, and of the one who is impersonated. */
	readonly kubeconfigUser: string | undefined;
	readonly as: string | undefined;
};

/** What the two lines of one action have in common. `id` is the same in both; `user`: whom the API server takes us for. */
export type AuditHead = AuditPlace & {readonly id: string; readonly user: string | undefined};

const longestMessage = 500;

/** The line that is written before anything is sent. `at`: epoch ms. */
export function begunLine(head: AuditHead, deed: Deed, at: number): string {
	return lineOf(head, deed, at, {step: 'begun', before: deed.before, wanted: Object.keys(deed.wanted).length === 0 ? undefined : deed.wanted});
}

/** The line of how it ended; `after`: as the API server stored it. */
export function endedLine(head: AuditHead, deed: Deed, result: CommandResult, at: number): string {
	return lineOf(head, deed, at, {
		step: 'ended',
		before: deed.before,
		after: result.kind === 'accepted' ? afterOf(deed, result) : undefined,
		result: outcomeWord(result) === 'outcome unknown' ? 'unknown' : result.kind,
		message: shortText(hideLiterals(result.message, deed.secrets), longestMessage),
	});
}

/** The revision that an undo makes has no number before the controller gives it one: what was asked for says where it went. */
export function afterOf({wanted}: Deed, {change}: Extract<CommandResult, {kind: 'accepted'}>): DeedFacts {
	return {...(change && standingFacts(change.after)), ...wanted};
}

function lineOf(head: AuditHead, deed: Deed, at: number, rest: object): string {
	const {id, user, kubeconfigUser, as, context, server} = head;
	const {action, namespace, object, kubectl} = deed;
	return jsonText({time: new Date(at).toISOString(), id, user, kubeconfigUser, as, context, server, namespace, object, action, kubectl, ...rest});
}
