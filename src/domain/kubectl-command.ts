import type {Command} from './command.ts';

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

/** The kubectl line that does exactly what the command does, ready to be pasted into a shell. */
export function kubectlCommand(command: Command, {context, namespace, name, kubeconfig}: CommandPlace): string {
	const toRevision = command.kind === 'undo' && command.toRevision !== undefined ? [`--to-revision=${command.toRevision}`] : [];
	const place = [...flag('kubeconfig', kubeconfig), ...flag('context', context), ...flag('namespace', namespace)];
	return ['kubectl', ...place, 'rollout', command.kind, `deployment/${name}`, ...toRevision].map(shellQuoted).join(' ');
}
