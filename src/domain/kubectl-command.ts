import type {Command} from './command.ts';
import {kubectlLine, kubectlLines} from './kinds/kubectl-lines.ts';
import type {CommandLine} from './kinds/workload-rules.ts';
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

/** Lines that do the same by hand, ready to be pasted into a shell. */
export function shellText(lines: readonly CommandLine[], {context, namespace, kubeconfig}: Omit<CommandPlace, 'name'>): string {
	const place = [...flag('kubeconfig', kubeconfig), ...flag('context', context), ...flag('namespace', namespace)];
	return lines.map(({program, words}) => [...program, ...place, ...words].map(shellQuoted).join(' ')).join(' && ');
}

/** The kubectl line that does what the command does to a Deployment, or to a Service. */
export function kubectlCommand(command: Command, place: CommandPlace): string {
	const {name} = place;
	return shellText(command.kind === 'select' ? selectorLines(command, name) : kubectlLines(command, {kind: 'Deployment', name}), place);
}

/** kubectl's verb for a Service's selector. */
export function selectorLines({selector, resourceVersion}: Extract<Command, {kind: 'select'}>, name: string): readonly CommandLine[] {
	return [kubectlLine('set', 'selector', `service/${name}`, selectorText(selector), ...flag('resource-version', resourceVersion))];
}
