import {sleep} from '../clock.ts';
import {type ApiPod, podId} from './api-pod.ts';
import type {ContainerSlot} from './container-slot.ts';
import {httpGet} from './http-get.ts';
import type {NodeContext} from './node-context.ts';
import type {LifecycleHook} from './pod-spec.ts';

/** What a hook is run for. */
export interface HookOptions {
	readonly node: NodeContext;
	readonly pod: ApiPod;
	readonly podIp: string;
	readonly slot: ContainerSlot;
	readonly signal: AbortSignal;
}

/** The kubelet's HTTP hooks have no timeout of their own. */
const hookTimeoutMs = 600_000;

/** Runs a hook to its end; the answer is why it failed, in the kubelet's words (lifecycle/handlers.go), or nothing. */
export async function runHook(hook: LifecycleHook, options: HookOptions): Promise<string | undefined> {
	const {node, pod, podIp, slot, signal} = options;
	const failed = (what: string, why: string) => `${what} for Container "${slot.spec.name}" in Pod "${podId(pod)}" failed - error: ${why}`;
	if (hook.sleep !== undefined) {
		await sleep(node.clock, hook.sleep.seconds * 1_000, signal);
		return undefined;
	}
	if (hook.httpGet !== undefined) {
		const target = {container: slot.spec, podIp, clock: node.clock, network: node.network, signal};
		const answer = await httpGet(hook.httpGet, target, 'lifecycle', hookTimeoutMs);
		// Whatever it answers will do.
		return answer.kind === 'answer' ? undefined : failed(`HTTP lifecycle hook (${hook.httpGet.path ?? ''})`, answer.message);
	}
	const command = hook.exec?.command ?? [];
	const {code, output} = slot.run.kind === 'running' ? slot.run.process.exec(command) : {code: 0, output: ''};
	if (code === 0) return undefined;
	const why = `command '${command.join(' ')}' exited with ${code}: ${output}, message: ${JSON.stringify(output)}`;
	return failed(`Exec lifecycle hook ([${command.join(' ')}])`, why);
}
