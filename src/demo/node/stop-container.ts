import type {ApiPod} from './api-pod.ts';
import {type ContainerSlot, settleExit} from './container-slot.ts';
import type {NodeContext} from './node-context.ts';

/** The time that a pod's programs have to end by themselves; it can become shorter, never longer. */
export interface Grace {
	readonly shorten: (ms: number) => void;
	/** Settles when the time is over, or was given up. */
	readonly over: Promise<void>;
	readonly cancel: () => void;
}

/** Starts the time. */
export function createGrace(node: NodeContext, ms: number): Grace {
	let end: () => void = () => undefined;
	const over = new Promise<void>(resolve => {
		end = resolve;
	});
	let endsAt = node.clock.now() + ms;
	let cancel = node.clock.schedule(ms, end);
	return {
		over,
		shorten(nextMs) {
			if (node.clock.now() + nextMs >= endsAt) return;
			endsAt = node.clock.now() + nextMs;
			cancel();
			cancel = node.clock.schedule(nextMs, end);
		},
		cancel: () => cancel(),
	};
}

/** SIGTERM, then SIGKILL when the time is over. */
export async function stopContainer(slot: ContainerSlot, pod: ApiPod, node: NodeContext, grace: Grace): Promise<void> {
	const {run, spec} = slot;
	if (run.kind !== 'running') return;
	node.events.record(pod, spec.name, 'Normal', 'Killing', `Stopping container ${spec.name}`);
	run.process.terminate();
	void grace.over.then(run.process.kill);
	await run.process.exited;
	settleExit(slot);
}
