import type {Output} from './normalise-output.ts';
import type {Step} from './steps.ts';
import type {Side} from './two-sides.ts';

/** Types a step's command line in a cluster, in the namespace unless the line names another one. */
export function typeStep(side: Side, {line, input, asViewer}: Pick<Step, 'line' | 'input' | 'asViewer'>, namespace: string): Promise<Output> {
	const words = line.replaceAll('NAMESPACE', namespace).match(/"[^"]*"(?=\s|$)|\S+="[^"]*"|\S+/g) ?? [];
	const args = words.map(word => (/^([^"{[]*)"([^"]*)"$/.test(word) ? word.replaceAll('"', '') : word));
	const inside = args.includes('-n') || args.includes('-A') ? args : ['-n', namespace, ...args];
	return side.kubectl(inside, {...(input === undefined ? {} : {input}), ...(asViewer === true ? {kubeconfig: side.viewer} : {})});
}
