import {readOnlyReason} from '../domain/guard.ts';
import {isReading, missingRight} from '../domain/rights.ts';
import type {ScreenView} from '../store/views.ts';
import {type Binding, everyMode, type KeyCommand, type Mode} from './keys/binding.ts';
import {dialogKeys} from './keys/dialog-keys.ts';
import {logKeys} from './keys/log-keys.ts';
import {panelKeys} from './keys/panel-keys.ts';
import {releaseKeys} from './keys/release-keys.ts';

export type {Binding, KeyCommand, Mode} from './keys/binding.ts';

/** Keys and what they do. Footer, help dialog and the README's table are this list, so none of them can disagree with the behaviour. */
export const keymap: readonly Binding[] = [...panelKeys, ...releaseKeys, ...logKeys, ...dialogKeys];

/** The binding of a key where the keyboard is now. */
export function bindingOf(mode: Mode, key: string): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.keys.includes(key));
}

/** The binding of a command in a mode. */
export function bindingFor(mode: Mode, command: KeyCommand): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.command === command);
}

/** Why a key may not act at all, whatever is on the screen: read-only, or a right that is missing; undefined when it may. */
export function guardReason(
	{action}: Binding,
	{readOnly, rights, subject, header}: Pick<ScreenView, 'readOnly' | 'rights' | 'subject' | 'header'>,
): string | undefined {
	if (action === undefined) return undefined;
	if (readOnly && !isReading(action)) return readOnlyReason;
	return rights[action] === 'denied' ? missingRight(action, {namespace: header.namespace, name: nameIn(header.target, action), subject}) : undefined;
}

/** Of `svc/kubia › deploy/kubia-green` the last one; on a Service's screen no workload is meant more than another. */
function nameIn(target: string, action: string): string | undefined {
	const isService = target.startsWith('svc/') && !target.includes(' ');
	return isService && action !== 'select' ? undefined : target.slice(target.lastIndexOf('/') + 1);
}

/** Why a key can't act now; undefined when it can. What will not change comes first. */
export function disabledReason(binding: Binding, view: ScreenView): string | undefined {
	return guardReason(binding, view) ?? binding.disabledReason?.(view);
}

/** A binding's place in a mode's footer, with that on the screen. */
export function footerPlace({footer, footerNow}: Binding, mode: Mode, view: ScreenView | undefined): number | undefined {
	const place = typeof footer === 'object' ? footer[mode] : footer;
	return place === undefined || view === undefined ? place : (footerNow?.(view) ?? place);
}

/** The bindings that a mode's footer shows, in the order of the table; without a view all that it may show. */
export function footerBindings(mode: Mode, view?: ScreenView): readonly Binding[] {
	const isShown = ({footerIf}: Binding) => view === undefined || footerIf === undefined || footerIf(view);
	return keymap.filter(binding => footerPlace(binding, mode, undefined) !== undefined && binding.modes.includes(mode) && isShown(binding));
}

const keyWords: Readonly<Record<string, string>> = {
	tab: 'Tab',
	'shift+tab': 'Shift-Tab',
	enter: 'Enter',
	escape: 'Esc',
	up: '↑',
	down: '↓',
	'page-up': 'PgUp',
	'page-down': 'PgDn',
	home: 'Home',
	end: 'End',
	space: 'Space',
};

/** A key as people call it. */
export function keyWord(key: string): string {
	const control = /^ctrl\+(.)$/.exec(key)?.[1];
	return control === undefined ? (keyWords[key] ?? key) : `Ctrl-${control.toUpperCase()}`;
}

/** Where a key works, in words; the panels are the ordinary case and need none. */
export const modeWords: Readonly<Record<Mode, string>> = {
	screen: 'panels',
	service: 'panels of a Service',
	list: 'list of revisions',
	diff: 'diff',
	steps: 'last changes',
	'release-steps': 'steps of a rollout',
	dialog: 'confirmation',
	typed: 'confirmation in a protected context',
	scale: 'number of replicas, partition',
	container: 'container',
	image: 'image',
	selector: 'selector',
	label: 'label',
	agree: 'question before something is created',
	filter: 'filter',
	details: 'pod details',
	logs: 'log',
	search: 'search in a log',
	why: 'why',
	mix: 'mix in full',
	routes: 'list of routes',
	workloads: 'list of workloads',
	help: 'help',
};

/** Both screens' panels are the same place. */
function placesOf(modes: readonly Mode[]): string {
	const isBoth = modes.includes('screen') && modes.includes('service');
	return modes
		.filter(mode => !(isBoth && mode === 'service'))
		.map(mode => modeWords[mode])
		.join(', ');
}

/** The README's section about keys. */
export function keymapMarkdown(): string {
	const rows = keymap.map(({keys, description, modes}) => {
		const names = keys.map(key => `\`${keyWord(key)}\``).join(' ');
		const where = modes.length === everyMode.length ? 'everywhere' : placesOf(modes);
		return `| ${names} | ${description} | ${where} |`;
	});
	return ['| key | does | where |', '|---|---|---|', ...rows].join('\n');
}
