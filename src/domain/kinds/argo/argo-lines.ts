import type {WorkloadCommand} from '../../command.ts';
import type {ArgoRollout} from '../../workload.ts';
import {kubectlLines, patchLine} from '../kubectl-lines.ts';
import type {CommandLine} from '../workload-rules.ts';
import {unpause} from './promotion.ts';

const argoLine = (...words: readonly string[]): CommandLine => ({program: ['kubectl', 'argo', 'rollouts'], words});

/** Lines of Argo's kubectl plugin; kubectl's own for what it has no verb for. */
export function argoLines(command: WorkloadCommand, rollout: ArgoRollout): readonly CommandLine[] {
	const {name} = rollout;
	switch (command.kind) {
		case 'pause':
		case 'abort':
		case 'restart':
			return [argoLine(command.kind, name)];
		case 'resume':
			return [patchLine(`rollout.argoproj.io/${name}`, unpause)];
		case 'continue':
			return [argoLine('promote', name)];
		case 'promote-full':
			return [argoLine('promote', name, '--full')];
		case 'retry':
			return [argoLine('retry', 'rollout', name)];
		case 'undo': {
			const undo = argoLine('undo', name, ...(command.toRevision === undefined ? [] : [`--to-revision=${command.toRevision}`]));
			return command.resume === true ? [undo, patchLine(`rollout.argoproj.io/${name}`, unpause)] : [undo];
		}
		case 'set-image':
			return [argoLine('set', 'image', name, `${command.container}=${command.image}`)];
		case 'scale':
		case 'delete-pod':
		case 'set-partition':
		case 'to-step':
			return kubectlLines(command, rollout);
	}
}
