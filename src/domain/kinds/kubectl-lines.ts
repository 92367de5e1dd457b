import type {WorkloadCommand} from '../command.ts';
import {kindWords, type WorkloadKind} from './kind-words.ts';
import type {CommandLine} from './workload-rules.ts';

function flag(name: string, value: string | undefined): readonly string[] {
	return value === undefined || value === '' ? [] : [`--${name}=${value}`];
}

/** A line of kubectl itself. */
export function kubectlLine(...words: readonly string[]): CommandLine {
	return {program: ['kubectl'], words};
}

/** A line that sends a patch as it is, for what kubectl has no verb for. */
export function patchLine(target: string, body: object, subresource?: string, type: 'merge' | 'strategic' = 'merge'): CommandLine {
	// Strategic is kubectl's own choice.
	return kubectlLine('patch', target, ...flag('subresource', subresource), ...(type === 'merge' ? ['--type=merge'] : []), '-p', JSON.stringify(body));
}

/** kubectl's own verbs for the kinds that it can roll. To undo what is paused it needs two commands, between which the rollout goes on. */
export function kubectlLines(command: WorkloadCommand, {kind, name}: {readonly kind: WorkloadKind; readonly name: string}): readonly CommandLine[] {
	const target = `${kindWords[kind].resource}/${name}`;
	switch (command.kind) {
		case 'pause':
		case 'resume':
		case 'restart':
			return [kubectlLine('rollout', command.kind, target)];
		case 'undo': {
			const undo = kubectlLine('rollout', 'undo', target, ...flag('to-revision', command.toRevision?.toString()));
			return command.resume === true ? [kubectlLine('rollout', 'resume', target), undo] : [undo];
		}
		case 'scale':
			return [kubectlLine('scale', target, ...flag('current-replicas', command.from?.toString()), `--replicas=${command.replicas}`)];
		case 'set-image':
			return [kubectlLine('set', 'image', target, `${command.container}=${command.image}`)];
		case 'delete-pod':
			return [kubectlLine('delete', `pod/${command.pod}`)];
		case 'set-partition':
			return [patchLine(target, {spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: command.partition}}}}, undefined, 'strategic')];
		// No kind that kubectl itself rolls has steps; their own rules say so before.
		case 'continue':
		case 'promote-full':
		case 'abort':
		case 'retry':
		case 'to-step':
			return [];
	}
}
