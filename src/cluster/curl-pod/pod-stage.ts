import {humanDuration} from '../../domain/human-duration.ts';
import {fieldOf} from '../../domain/json-kind.ts';
import type {ContainerState, Pod} from '../../domain/pod.ts';
import {shortText} from '../../domain/short-text.ts';

/** How far a curl pod is. */
export type PodStage =
	/** `why` says what it waits for, where that is known. */
	| {readonly kind: 'starting'; readonly why: string | undefined; readonly hint: string | undefined}
	| {readonly kind: 'running'}
	/** It will never run, or it has come to its end. */
	| {readonly kind: 'over'; readonly message: string; readonly hint: string | undefined};

const imageHint = '--curl-image names another one, from a registry that the nodes can reach';

/** Waiting reasons that time does not mend. kubelet: images/types.go, kuberuntime. */
const hopeless: Readonly<Record<string, string>> = {
	ImagePullBackOff: imageHint,
	InvalidImageName: imageHint,
	ErrImageNeverPull: imageHint,
	ImageInspectError: imageHint,
	CreateContainerConfigError: 'the node refuses the container: is there a policy for users or images?',
	CreateContainerError: 'the node cannot make the container: does the image have /bin/sh?',
	RunContainerError: 'the node cannot run the container: does the image have /bin/sh?',
};

/** A pull that failed may be a blip of the network, but not where the registry has answered; the back-off comes with the second failure. */
const registrySaysNo = /not found|manifest unknown|denied|unauthorized|forbidden/i;

function hopelessHint(reason: string, message: string): string | undefined {
	return reason === 'ErrImagePull' && registrySaysNo.test(message) ? imageHint : fieldOf(hopeless, reason);
}

function short(text: string): string {
	return shortText(text, 300);
}

function stateText(reason: string, message: string): string {
	return message === '' ? reason : `${reason}: ${short(message)}`;
}

/** 126 and 127 are the shell's: a program cannot be run, or is not there. */
function endOf(state: Extract<ContainerState, {kind: 'terminated'}>): Extract<PodStage, {kind: 'over'}> {
	const {exitCode, reason, message} = state;
	const isLacking = exitCode === 126 || exitCode === 127 || /StartError|ContainerCannotRun/.test(reason);
	const hint = isLacking ? 'the image needs sh, curl, base64, head, tr and sleep, as curlimages/curl has: name one with --curl-image' : undefined;
	return {kind: 'over', message: `its loop ended with ${exitCode} (${stateText(reason, message)})`, hint};
}

function over(pod: Pod, lifetimeMs: number): PodStage {
	if (pod.reason === 'DeadlineExceeded' || pod.phase === 'Succeeded')
		return {kind: 'over', message: `its time of ${humanDuration(lifetimeMs)} is over`, hint: 'c starts another one'};
	if (pod.reason !== '') return {kind: 'over', message: stateText(pod.reason, pod.message), hint: 'c starts another one'};
	const failed = pod.containerStatuses.map(({state}) => state).find(state => state.kind === 'terminated' && state.exitCode !== 0);
	return failed?.kind === 'terminated' ? endOf(failed) : {kind: 'over', message: `it is ${pod.phase}`, hint: undefined};
}

function starting(pod: Pod): PodStage {
	const unschedulable = pod.conditions.find(({type, status}) => type === 'PodScheduled' && status === 'False');
	if (unschedulable !== undefined) {
		const why = stateText(unschedulable.reason, unschedulable.message);
		return {kind: 'starting', why, hint: 'no node takes it: is there room for one more small pod on a Linux node?'};
	}
	for (const {state} of pod.containerStatuses) {
		if (state.kind !== 'waiting') continue;
		const hint = hopelessHint(state.reason, state.message);
		const why = stateText(state.reason, state.message);
		if (hint !== undefined) return {kind: 'over', message: why, hint};
		if (state.reason !== '') return {kind: 'starting', why, hint: state.reason === 'ErrImagePull' ? imageHint : undefined};
	}
	return {kind: 'starting', why: undefined, hint: undefined};
}

/** The stage that a pod's status tells. `lifetimeMs` is for the words. */
export function podStage(pod: Pod, lifetimeMs: number): PodStage {
	if (pod.phase === 'Failed' || pod.phase === 'Succeeded') return over(pod, lifetimeMs);
	const states = pod.containerStatuses.map(({state}) => state);
	const ended = states.find(state => state.kind === 'terminated' && state.exitCode !== 0);
	if (ended?.kind === 'terminated') return endOf(ended);
	const hasBegun = states.length > 0 && states.every(({kind}) => kind === 'running' || kind === 'terminated');
	return hasBegun ? {kind: 'running'} : starting(pod);
}
