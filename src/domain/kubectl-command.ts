import type {Command} from './command.ts';
import {kubectlLine, kubectlLines} from './kinds/kubectl-lines.ts';
import type {CommandLine} from './kinds/workload-rules.ts';
import {withEscapes} from './sanitise.ts';
import {selectorText} from './service-selector.ts';

/** Where the command goes; `context` and `kubeconfig` are left out of the line where kubectl would find the same by itself. */
export type CommandPlace = {
	readonly context?: string | undefined;
	readonly namespace: string;
	readonly name: string;
	readonly kubeconfig?: string | undefined;
};

/** The bytes in octal: of all escapes the only ones that every shell reads alike, in a locale without UTF-8 too. */
function octal(hidden: string): string {
	return Array.from(new TextEncoder().encode(hidden), byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A word as the shell must read it to give it on unchanged. What a terminal would obey, or what nobody sees, is seen in it. */
export function shellQuoted(text: string): string {
	if (/^[\w@%+=:,./-]+$/.test(text)) return text;
	const escaped = withEscapes(text.replace(/[\\']/g, '\\$&'), octal);
	if (withEscapes(text, octal) !== text) return `$'${escaped}'`;
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
