import {shortText} from '../short-text.ts';
import type {ShareVerdict} from './share-test.ts';

const longestName = 40;

/** What the panel says of the mix; `names` has the version (or workload) of each owner. */
export function verdictText(verdict: ShareVerdict, names: ReadonlyMap<string, string>): string {
	switch (verdict.kind) {
		case 'as-expected':
			return 'as expected';
		case 'more':
		case 'less': {
			const name = shortText(names.get(verdict.ownerUid) ?? '', longestName);
			return `${verdict.kind} ${name === '' ? 'of one version' : name} than its share (p<${verdict.p})`;
		}
		case 'too-few':
			// How many were tested is not how many the panel counts: young ones wait, and those of the rarest version decide.
			return 'too few answers yet';
		case 'unknown-expectation':
			return `no expectation: ${verdict.why === 'no-endpoints' ? 'no ready endpoint is known' : 'no version of the ready pods is known'}`;
	}
}
