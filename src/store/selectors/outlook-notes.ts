import {humanDuration} from '../../domain/human-duration.ts';
import type {NextStep} from '../../domain/why/finding.ts';
import {mayPass} from '../../domain/why/verdict.ts';
import type {SaidVerdict, TakenBack} from '../../domain/why/verdict-memory.ts';
import type {RolloutView} from '../views.ts';
import {findingTone} from './finding-text.ts';
import type {RolloutFacts} from './rollout-facts.ts';
import {timeOfDay} from './time-of-day.ts';

type Notes = RolloutView['notes'];

/** How long after it a verdict that was taken back is still worth a line, unless the rollout ends before. */
const takenBackMs = 120_000;

/**
 * What becomes of a rollout that goes on, in one line: the verdict or the time it will take, and the deadline. As grave as the worst finding, or as what is still
 * said while that is not seen. `hint`: the keys that help.
 */
export function outlookNotes({verdict, eta, deadlineAt, findings}: RolloutFacts, now: number, hint: string): Notes {
	const tone = verdict?.said?.kind === 'cannot-succeed' ? 'bad' : findingTone[findings[0]?.hope ?? 'waits'];
	const help = tone === 'quiet' ? '' : hint;
	const parts = [sayVerdict(verdict?.said), etaText(eta, now), deadlineText(deadlineAt, now)].filter(part => part !== undefined);
	const text = `${parts.join(' ')}${help}`.replace(/^ → /, '').trim();
	return [...(text === '' ? [] : [{tone, text}]), ...takenBackNotes(verdict?.takenBack, now)];
}

/** The verdict as a sentence, where there is more to say than that it goes on. */
function sayVerdict(said: SaidVerdict | undefined): string | undefined {
	if (said?.kind === 'cannot-succeed') return 'It cannot succeed.';
	if (said?.kind === 'may-recover') return `It may still recover${said.text === mayPass ? '' : `: ${said.text}`}${nextText(said.next)}.`;
	return undefined;
}

/** What may change a verdict by itself, and when: goes on after its text. */
export function nextText(next: NextStep | undefined): string {
	switch (next?.what) {
		case undefined:
			return '';
		case 'retry':
			return `; next try at ${timeOfDay(next.at)}`;
		case 'grace-ends':
			return `; its grace is not over until ${timeOfDay(next.at)}`;
		case 'killed':
			return `; killed at ${timeOfDay(next.at)}`;
		case 'available':
			return `; available at ${timeOfDay(next.at)}`;
	}
}

/** When it will be over if it goes on as it went. */
export function etaText(eta: RolloutFacts['eta'], now: number): string | undefined {
	if (eta === undefined) return undefined;
	const pods = eta.pods === 1 ? 'the last new pod is' : `the last ${eta.pods} new pods are`;
	return `About ${humanDuration(eta.at - now)} until ${pods} available.`;
}

/** How long until the controller gives it up. */
export function deadlineText(deadlineAt: number | undefined, now: number): string | undefined {
	if (deadlineAt === undefined) return undefined;
	return deadlineAt > now ? `Deadline in ${humanDuration(deadlineAt - now)}.` : 'The deadline has passed; the controller is about to say so.';
}

/** That something said before was wrong. */
export function takenBackNotes(takenBack: TakenBack | undefined, now: number): Notes {
	if (takenBack === undefined || now - takenBack.at > takenBackMs) return [];
	return [{tone: 'change', text: `Taken back, ${takenBack.why}: it was said that it cannot succeed (${takenBack.said}).`}];
}
