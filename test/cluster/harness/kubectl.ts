import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

export interface KubectlResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number;
}

export interface KubectlOptions {
	/** Standard input, for `-f -`. */
	readonly input?: string;
	/** Another kubeconfig than the administrator's, see `kubeconfigFor`. */
	readonly kubeconfig?: string;
	/** Ends a kubectl that watches. */
	readonly signal?: AbortSignal;
	/** Each line of the standard output as it comes. */
	readonly onLine?: (line: string) => void;
}

export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<KubectlResult>;

/** kubectl as a function. Any exit code is a result; only a program that can't be started throws. */
export function createKubectl(program: string, env: Readonly<Record<string, string | undefined>>): Kubectl {
	return (args, {input, kubeconfig, signal, onLine} = {}) =>
		new Promise((resolve, reject) => {
			const child = spawn(program, args, {
				env: {...env, ...(kubeconfig !== undefined && {KUBECONFIG: kubeconfig})},
				stdio: 'pipe',
				...(signal !== undefined && {signal}),
			});
			let stdout = '';
			let stderr = '';
			child.stdout.setEncoding('utf8').on('data', text => (stdout += text));
			if (onLine !== undefined) createInterface({input: child.stdout}).on('line', onLine);
			child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
			child.on('error', error => (error.name === 'AbortError' ? undefined : reject(new Error(`cannot run ${program}`, {cause: error}))));
			child.on('close', code => resolve({stdout, stderr, code: code ?? -1}));
			// A kubectl that refuses its arguments is gone before it has read this.
			child.stdin.on('error', () => {});
			child.stdin.end(input);
		});
}

/** For steps that must succeed: the standard output, or an error with everything that kubectl said. */
export async function mustKubectl(kubectl: Kubectl, args: readonly string[], options?: KubectlOptions): Promise<string> {
	const {stdout, stderr, code} = await kubectl(args, options);
	if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${stderr || stdout}`);
	return stdout;
}
