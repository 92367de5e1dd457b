import {conditionOf} from '../../condition-of.ts';
import type {ContainerStatus, Termination} from '../../pod.ts';
import type {Cause, Hope, NextStep} from '../finding.ts';
import {memoryLimitOf, roleOf} from './container-role.ts';
import {exitWords, lastWords, lifeOf, lifeWords, restartWords} from './exit-words.ts';
import {lastLogLine} from './last-log-line.ts';
import type {PodSubject} from './pod-subject.ts';
import {postStartKill} from './post-start-kill.ts';
import {probeKill} from './probe-kill.ts';
import {unbuilt} from './pull-failure.ts';
import {neverStarted} from './start-cause.ts';

/** So often the same within a short life is no accident any more. */
const hopelessRestarts = 2;
const shortLifeMs = 60_000;

/** A container ended, and ends again and again: how, how soon, how often, and its last words. */
export function crashCause(subject: PodSubject, status: ContainerStatus): Cause | undefined {
	const {state, lastTermination} = status;
	const termination = state.kind === 'terminated' ? state : lastTermination;
	if (termination === undefined) return state.kind === 'waiting' ? unseenCrash(subject, status) : undefined;
	const next = nextTry(status);
	const killed = probeKill(subject, status, termination);
	if (killed !== undefined) return {...killed, next};
	const cause =
		postStartKill(subject, status, termination) ??
		neverStarted(subject.pod, status, termination) ??
		otherPlatform(subject, status, termination) ??
		outOfMemory(subject, status, termination) ??
		endsWell(subject, status, termination) ??
		crash(subject, status, termination);
	// The last end is but the newest of many: what counts is since when the pod has not been ready.
	return {...cause, sinceAt: conditionOf(subject.pod.conditions, 'Ready')?.lastTransitionAt ?? cause.sinceAt, next};
}

/** Its log is that of the run before, unless the run that ended is still the last one. */
const logOf = ({name, state}: ContainerStatus) => ({name, previous: state.kind !== 'terminated'});

function unseenCrash({pod}: PodSubject, status: ContainerStatus): Cause {
	const message = `${roleOf(pod, status.name)} crashes again and again${restartWords(status.restartCount)}`;
	return {kind: 'crash-loop', hope: 'doubtful', reason: 'CrashLoopBackOff', message, advice: 'read its log (l)', sinceAt: undefined, container: logOf(status)};
}

function hopeOf({restartCount}: ContainerStatus, termination: Termination): Hope {
	return restartCount >= hopelessRestarts && (lifeOf(termination) ?? 0) < shortLifeMs ? 'none' : 'doubtful';
}

/** The log says it: the program itself was started and could not be. */
function otherPlatform({pod, logTails}: PodSubject, status: ContainerStatus, termination: Termination): Cause | undefined {
	const said = `${termination.message}\n${lastLogLine({pod, logTails}, status.name) ?? ''}`;
	if (!/exec format error/.test(said)) return undefined;
	return {
		...unbuilt,
		reason: termination.reason || 'Error',
		message: `${roleOf(pod, status.name)} can't start: its program is for another platform than the node's (exec format error)${restartWords(status.restartCount)}`,
		sinceAt: termination.finishedAt,
		container: logOf(status),
	};
}

function outOfMemory({pod}: PodSubject, status: ContainerStatus, termination: Termination): Cause | undefined {
	if (termination.reason !== 'OOMKilled') return undefined;
	const {name, restartCount} = status;
	const limit = memoryLimitOf(pod, name);
	const than = limit === undefined ? "the node's memory was used up" : `it used more memory than its limit of ${limit}`;
	return {
		kind: 'out-of-memory',
		hope: hopeOf(status, termination),
		reason: 'OOMKilled',
		message: `${roleOf(pod, name)} ${`was killed ${lifeWords(termination)}`.trim()}: ${than}${restartWords(restartCount)}`,
		advice: limit === undefined ? 'give it a memory request, or use less memory' : 'raise the memory limit, or use less memory',
		sinceAt: termination.finishedAt,
		container: logOf(status),
	};
}

/** A server that ends without an error is one that was given nothing to do. */
function endsWell({pod}: PodSubject, status: ContainerStatus, termination: Termination): Cause | undefined {
	if (termination.exitCode !== 0 || termination.signal !== 0) return undefined;
	return {
		kind: 'container-completes',
		hope: hopeOf(status, termination),
		reason: termination.reason || 'Completed',
		message: `${roleOf(pod, status.name)} ${`ends without an error ${lifeWords(termination)}`.trim()}: nothing keeps it running${restartWords(status.restartCount)}`,
		advice: 'give it a command that keeps running',
		sinceAt: termination.finishedAt,
		container: logOf(status),
	};
}

function crash(subject: PodSubject, status: ContainerStatus, termination: Termination): Cause {
	const {name, restartCount, state} = status;
	const how = [exitWords(termination), lifeWords(termination)].filter(part => part !== '').join(', ');
	const once = restartCount === 0 && state.kind === 'terminated';
	const verb = once ? `ended with ${how}` : `crashes again and again: ${how}`;
	return {
		kind: once ? 'container-ended' : 'crash-loop',
		hope: hopeOf(status, termination),
		reason: once ? termination.reason || 'Error' : 'CrashLoopBackOff',
		message: `${roleOf(subject.pod, name)} ${verb}${restartWords(restartCount)}`,
		quote: lastLogLine(subject, name) ?? saying(termination),
		advice: termination.exitCode === 127 || termination.exitCode === 126 ? 'check command and args, then its log (l)' : 'read its log (l)',
		sinceAt: termination.finishedAt,
		container: logOf(status),
	};
}

function saying(termination: Termination): string | undefined {
	const words = termination.reason === 'ContainerStatusUnknown' ? '' : lastWords(termination);
	return words === '' ? undefined : `its last words: ${words}`;
}

/** The kubelet says how long it waits: `back-off 1m20s restarting failed container=app pod=…`. kubernetes: kuberuntime_manager.go doBackOff. */
function nextTry({state, lastTermination}: ContainerStatus): NextStep | undefined {
	if (state.kind !== 'waiting' || lastTermination?.finishedAt === undefined) return undefined;
	const found = /^back-off (?:(\d{1,4})m)?(?:(\d{1,4}(?:\.\d{1,9})?)s)? restarting/.exec(state.message);
	if (found === null) return undefined;
	const [, minutes = '0', seconds = '0'] = found;
	return {what: 'retry', at: lastTermination.finishedAt + (Number(minutes) * 60 + Number(seconds)) * 1000};
}
