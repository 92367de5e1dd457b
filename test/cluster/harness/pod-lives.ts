import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {expect, vi} from 'vitest';
import type {ClusterAccess} from './cluster-access.ts';
import type {TestNamespace} from './namespace.ts';

/** What `kubectl get pods -w` shows of one pod: each READY and STATUS that differs from the one before. */
export interface PodLife {
	readonly name: string;
	readonly states: readonly string[];
	readonly last: string;
	readonly restarts: number;
}

interface PodWatch {
	readonly until: (holds: (lives: readonly PodLife[]) => boolean, timeout: number) => Promise<void>;
	readonly end: () => Promise<readonly PodLife[]>;
}

/** Follows the pods of a namespace. `until` throws, with all that kubectl has printed, when the time is over. */
export function watchPods({kubectlProgram, kubeconfig}: ClusterAccess, namespace: TestNamespace): PodWatch {
	const child = spawn(kubectlProgram, ['-n', namespace.name, 'get', 'pods', '-w', '--no-headers'], {
		env: {...process.env, KUBECONFIG: kubeconfig},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let text = '';
	child.stdout.setEncoding('utf8').on('data', chunk => (text += chunk));
	const lives = () => livesOf(text.split('\n').slice(0, -1));
	return {
		until: (holds: (lives: readonly PodLife[]) => boolean, timeout: number) =>
			vi.waitFor(() => expect(holds(lives()), text).toBe(true), {timeout, interval: 50}),
		async end() {
			child.kill();
			await once(child, 'close');
			return lives();
		},
	};
}

function livesOf(lines: readonly string[]): readonly PodLife[] {
	const lives = new Map<string, PodLife>();
	for (const line of lines) {
		const [name = '', ready = '', status = '', restarts = '0'] = line.split(/\s+/);
		const state = `${ready} ${status}`;
		const states = lives.get(name)?.states ?? [];
		lives.set(name, {name, states: states.at(-1) === state ? states : [...states, state], last: state, restarts: Number(restarts)});
	}
	return [...lives.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
