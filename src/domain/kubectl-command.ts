import type {Command} from './command.ts';
import {selectorText} from './service-selector.ts';

/** Where the command goes; `context` and `kubeconfig` are left out of the line where kubectl would find the same by itself. */
export type CommandPlace = {
	readonly context?: string | undefined;
	readonly namespace: string;
	readonly name: string;
	readonly kubeconfig?: string | undefined;
};

/** Escapes of the shell's `$'…'`: control characters must neither act on the terminal nor be lost when the line is pasted. */
function ansiQuoted(text: string): string {
	const escaped = text
		.replace(/[\\']/g, '\\$&')
		.replace(/[\u0000-\u001F\u007F-\u009F]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return `$'${escaped}'`;
}

/** A word as the shell must read it to give it on unchanged. */
export function shellQuoted(text: string): string {
	if (/^[\w@%+=:,./-]+$/.test(text)) return text;
	if (/[\u0000-\u001F\u007F-\u009F]/.test(text)) return ansiQuoted(text);
	return `'${text.replaceAll("'", `'\\''`)}'`;
}

function flag(name: string, value: string | undefined): readonly string[] {
	return value === undefined || value === '' ? [] : [`--${name}=${value}`];
}

/**
 * The kubectl line that does what the command does, ready to be pasted into a shell. To undo what is paused kubectl needs two commands, between which
 * the rollout goes on.
 */
export function kubectlCommand(command: Command, {context, namespace, name, kubeconfig}: CommandPlace): string {
	const place = [...flag('kubeconfig', kubeconfig), ...flag('context', context), ...flag('namespace', namespace)];
	const line = (words: readonly string[]) => ['kubectl', ...place, ...words].map(shellQuoted).join(' ');
	const first = command.kind === 'undo' && command.resume === true ? `${line(wordsOf({kind: 'resume'}, name))} && ` : '';
	return first + line(wordsOf(command, name));
}

function wordsOf(command: Command, name: string): readonly string[] {
	const target = `deployment/${name}`;
	switch (command.kind) {
		case 'pause':
		case 'resume':
			return ['rollout', command.kind, target];
		case 'undo':
			return ['rollout', 'undo', target, ...flag('to-revision', command.toRevision?.toString())];
		case 'scale':
			return ['scale', target, ...flag('current-replicas', command.from?.toString()), `--replicas=${command.replicas}`];
		case 'restart':
			return ['rollout', 'restart', target];
		case 'set-image':
			return ['set', 'image', target, `${command.container}=${command.image}`];
		case 'delete-pod':
			return ['delete', `pod/${command.pod}`];
		case 'select':
			return ['set', 'selector', `service/${name}`, selectorText(command.selector), ...flag('resource-version', command.resourceVersion)];
	}
}
