import type {State} from '../state.ts';
import type {AgreementView} from '../views.ts';

/** What waits for a person's yes before it is created; undefined where nothing does. */
export function agreementView({sampler: {plan}, target: {context, server}}: Pick<State, 'sampler' | 'target'>): AgreementView | undefined {
	if (plan === undefined) return undefined;
	return {context, server, facts: plan.facts, manifest: plan.yaml.trimEnd().split('\n'), kubectl: plan.command};
}
