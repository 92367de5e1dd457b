import {digestEvents, type EventDigest} from '../../domain/event-digest.ts';
import {age} from '../../domain/human-duration.ts';
import type {K8sEvent} from '../../domain/k8s-event.ts';
import {shortText} from '../../domain/short-text.ts';
import type {State} from '../state.ts';
import type {Remark} from '../views.ts';
import type {WhyView} from '../why-views.ts';
import {failingContainer} from './failing-container.ts';
import {findingText, findingTone} from './finding-text.ts';
import {deadlineText, etaText, nextText, takenBackNotes} from './outlook-notes.ts';
import type {RolloutFacts} from './rollout-facts.ts';
import {rolloutWord} from './rollout-view.ts';
import {timeOfDay} from './time-of-day.ts';

/** An event's message can be of any size. */
const longestMessage = 400;
/** More events than anybody reads. */
const mostEvents = 30;

/** All that is known of why a rollout stands where it stands. */
export function whyView(state: State, facts: RolloutFacts, now: number): WhyView {
	const {word, tone} = rolloutWord(state, facts);
	return {
		name: facts.workload.name,
		standing: {tone, text: `${word}  ${facts.status.message}`},
		facts: [...verdictFacts(facts, now), ...endFacts(facts, now), {label: 'strategy', value: facts.strategy.text, tone: 'quiet'}],
		findings: facts.findings.map(finding => ({tone: findingTone[finding.hope], text: findingText(finding, now), advice: finding.advice})),
		events: digestEvents(newSideEvents(state, facts))
			.slice(0, mostEvents)
			.map(event => eventRow(event, now)),
		log: logOf(state, facts),
	};
}

type Fact = WhyView['facts'][number];

const verdictWords = {
	'cannot-succeed': ['cannot succeed', 'bad'],
	'may-recover': ['may still recover', 'change'],
	'on-its-way': ['on its way', 'good'],
	undecided: ['undecided', 'quiet'],
} as const satisfies Record<string, readonly [string, Remark['tone']]>;

function verdictFacts({verdict}: RolloutFacts, now: number): readonly Fact[] {
	const said = verdict?.said;
	const takenBack = takenBackNotes(verdict?.takenBack, now).map(({text, tone}) => ({label: '', value: text, tone}));
	if (said === undefined) return takenBack;
	const [words, tone] = verdictWords[said.kind];
	return [{label: 'verdict', value: `${words}: ${said.text}${nextText(said.next)} (since ${timeOfDay(said.since)})`, tone}, ...takenBack];
}

/** When it will be over, one way or the other. */
function endFacts({phase, eta, deadlineAt, findings}: RolloutFacts, now: number): readonly Fact[] {
	const parts = phase.phase === 'progressing' ? [etaText(eta, now), deadlineText(deadlineAt, now)].filter(part => part !== undefined) : [];
	const tone = findings.some(({hope}) => hope === 'none') ? 'bad' : 'quiet';
	return parts.length === 0 ? [] : [{label: 'end', value: parts.join(' '), tone}];
}

/** Of the new pods; and warnings of what should make them: without them there may be no pod to have an event. */
function newSideEvents({k8sEvents}: State, {pods, newReplicaSet, workload}: RolloutFacts): readonly K8sEvent[] {
	const news = pods.filter(({ownerUid}) => newReplicaSet === undefined || ownerUid === newReplicaSet.uid);
	const uids = new Set(news.map(({uid}) => uid));
	const makers = new Set([newReplicaSet?.uid, workload.uid]);
	return [...k8sEvents.values()].filter(({object, type}) => uids.has(object.uid) || (type === 'Warning' && makers.has(object.uid)));
}

function eventRow({type, reason, message, count, objects, lastAt}: EventDigest, now: number): WhyView['events'][number] {
	const times = [...(count > 1 ? [`×${count}`] : []), ...(objects > 1 ? [`${objects} pods`] : [])].join(', ');
	return {age: age(lastAt, now), type, reason: shortText(reason, 60), message: shortText(message, longestMessage), times};
}

function logOf({logTails}: State, facts: RolloutFacts): WhyView['log'] {
	const failing = failingContainer(facts, logTails);
	if (failing === undefined) return undefined;
	const {pod, container, previous, lines = []} = failing;
	return {title: `Last log lines · ${pod} · ${container}${previous ? ' · run before the restart' : ''}`, lines};
}
