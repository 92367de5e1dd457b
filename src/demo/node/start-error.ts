import {apiTime} from '../clock.ts';
import type {Image} from '../images/image.ts';
import {type ContainerSlot, newContainerId} from './container-slot.ts';
import {createLogBuffer} from './log-buffer.ts';

const runc = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process';

/** Why a command of a pod's spec cannot be started in an image, in the words of runc; undefined when it can. */
export function startErrorOf({commands}: Image, [command]: readonly string[]): string | undefined {
	if (command === undefined || commands === undefined) return undefined;
	const name = /^\/(?:usr\/)?bin\/([^/]+)$/.exec(command)?.[1] ?? command;
	if (commands.includes(name)) return undefined;
	const why = command.includes('/') ? `stat ${command}: no such file or directory` : 'executable file not found in $PATH';
	return `${runc}: error during container init: exec: ${JSON.stringify(command)}: ${why}`;
}

/** A container that was created and could not be started: it has ended with 128 and has never run. containerd: cri/server/container_start.go. */
export function noteStartError(slot: ContainerSlot, message: string, now: number): void {
	const id = newContainerId();
	const terminated = {exitCode: 128, reason: 'StartError', message, startedAt: apiTime(0), finishedAt: apiTime(now), containerID: id};
	slot.run = {kind: 'exited', id, image: slot.spec.image, log: createLogBuffer(() => now), endedAt: now, terminated};
	slot.waiting = {reason: 'RunContainerError', message};
}
