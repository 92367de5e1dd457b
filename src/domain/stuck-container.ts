import type {ContainerStatus, Pod, Termination} from './pod.ts';
import {imageReasons, pullFailure} from './pull-failure.ts';
import {shortText} from './short-text.ts';
import type {Trouble} from './trouble.ts';

/** Waiting reasons that pass by themselves, usually. */
const passing: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** Creating takes that long only when something is missing: a volume, an address, a secret. */
const slowCreationMs = 60_000;

/** What keeps a container of the pod from running, the first that there is, in the order of their start. */
export function stuckContainer(pod: Pod, now: number): Trouble | undefined {
	for (const status of [...pod.initContainerStatuses, ...pod.containerStatuses]) {
		const trouble = troubleOf(pod, status, now);
		if (trouble !== undefined) return trouble;
	}
	return undefined;
}

function troubleOf(pod: Pod, status: ContainerStatus, now: number): Trouble | undefined {
	const {state} = status;
	if (state.kind === 'terminated') return ended(status, state);
	if (state.kind !== 'waiting') return undefined;
	if (imageReasons.has(state.reason)) {
		return {reason: state.reason, message: `can't pull image ${imageOf(pod, status)}: ${pullFailure(state.message)}`, sinceAt: pod.createdAt, weight: 6};
	}
	if (state.reason === 'CrashLoopBackOff') return crashing(status);
	if (passing.has(state.reason)) return slowCreation(pod, now);
	return {
		reason: state.reason,
		message: `container ${status.name} can't start: ${state.reason}: ${shortText(state.message, 200)}`,
		sinceAt: pod.createdAt,
		weight: 5,
	};
}

/** An init container that ended well is done; a pod that ends well does not belong into a Deployment. */
function ended({name, restartCount}: ContainerStatus, termination: Termination): Trouble | undefined {
	if (termination.exitCode === 0) return undefined;
	return {
		reason: termination.reason || 'Error',
		message: `container ${name} ended with ${exitText(termination)}${times(restartCount)}`,
		sinceAt: termination.finishedAt,
		weight: 4,
	};
}

function crashing({name, restartCount, lastTermination}: ContainerStatus): Trouble {
	const how = lastTermination === undefined ? '' : `, last with ${exitText(lastTermination)}`;
	return {
		reason: 'CrashLoopBackOff',
		message: `container ${name} crashes again and again${how}${times(restartCount)}`,
		sinceAt: lastTermination?.finishedAt,
		weight: 6,
	};
}

function slowCreation(pod: Pod, now: number): Trouble | undefined {
	if (pod.createdAt === undefined || now - pod.createdAt < slowCreationMs) return undefined;
	return {reason: 'ContainerCreating', message: 'still waits for its containers to be created', sinceAt: pod.createdAt, weight: 3};
}

function exitText({exitCode, signal, reason, message}: Termination): string {
	const how = signal === 0 ? `exit code ${exitCode}` : `signal ${signal}`;
	const why = [reason === 'Error' ? '' : reason, shortText(message, 120)].filter(part => part !== '').join(': ');
	return why === '' ? how : `${how} (${why})`;
}

const times = (restarts: number) => (restarts === 0 ? '' : ` (${restarts} ${restarts === 1 ? 'restart' : 'restarts'})`);

function imageOf({initContainers, containers}: Pod, {name, image}: ContainerStatus): string {
	return [...initContainers, ...containers].find(container => container.name === name)?.image ?? image;
}
