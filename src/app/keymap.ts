import type {ScreenView} from '../store/views.ts';

/** What has the keyboard: the panels of a workload or of a Service, the list of revisions, a confirmation, a number of replicas, a Service's selector, one of its labels, the filter's text, a pod's details, the mix in full, the routes, the picker of Deployments, or the help. */
export type Mode =
	| 'screen'
	| 'service'
	| 'list'
	| 'dialog'
	| 'scale'
	| 'selector'
	| 'label'
	| 'agree'
	| 'filter'
	| 'details'
	| 'mix'
	| 'routes'
	| 'picker'
	| 'help';

const everyMode: readonly Mode[] = [
	'screen',
	'service',
	'list',
	'dialog',
	'scale',
	'selector',
	'label',
	'agree',
	'filter',
	'details',
	'mix',
	'routes',
	'picker',
	'help',
];

export type KeyCommand =
	| 'pause'
	| 'resume'
	| 'undo'
	| 'to-revision'
	| 'scale'
	| 'edit-selector'
	| 'one-more'
	| 'one-fewer'
	| 'change-label'
	| 'add-label'
	| 'remove-label'
	| 'keep-label'
	| 'discard-label'
	| 'toggle-curl'
	| 'routes'
	| 'mix'
	| 'next-target'
	| 'history-span'
	| 'window-longer'
	| 'window-shorter'
	| 'filter'
	| 'next-panel'
	| 'previous-panel'
	| 'open'
	| 'up'
	| 'down'
	| 'page-up'
	| 'page-down'
	| 'first'
	| 'last'
	| 'confirm'
	| 'agree'
	| 'dry-run'
	| 'next-container'
	| 'previous-logs'
	| 'help'
	| 'back'
	| 'quit'
	| 'interrupt';

/** Keys and what they do. Footer, help dialog and the README's table are this list, so none of them can disagree with the behaviour. */
export type Binding = {
	/** Names as `keyName` gives them; the first is the one that is shown. */
	readonly keys: readonly string[];
	readonly command: KeyCommand;
	/** One or two words, for the footer. */
	readonly label: string;
	/** A sentence, for help and README. */
	readonly description: string;
	readonly modes: readonly Mode[];
	/** Place in the footer where there is not room for all: 1 stays longest; perhaps another one in some mode. Absent: not in the footer. */
	readonly footer?: number | Readonly<Partial<Record<Mode, number>>>;
	/** Why the key can't act now; undefined when it can. */
	readonly disabledReason?: (view: ScreenView) => string | undefined;
};

const scrolling: readonly Mode[] = ['screen', 'service', 'details', 'mix', 'routes', 'help', 'picker', 'dialog', 'scale', 'selector', 'agree'];

function unreachable(view: ScreenView): string | undefined {
	if (view.kind === 'service') return noSides(view);
	if (view.gone) return 'the workload does not exist any more';
	return view.rollout === undefined ? 'the workload has not been read yet' : undefined;
}

function unread({gone, service}: ScreenView): string | undefined {
	if (gone) return 'the Service does not exist any more';
	return service === undefined ? 'the Service has not been read yet' : undefined;
}

function noSides(view: ScreenView): string | undefined {
	return unread(view) ?? (view.service?.sides.some(({kind}) => kind === 'workload') ? undefined : 'no workload stands behind the Service');
}

function unmeasured(view: ScreenView): string | undefined {
	return view.mix.mode === 'off' ? 'nothing is measured; c starts it' : undefined;
}

function isPaused(view: ScreenView): boolean {
	return view.rollout?.phase === 'paused';
}

export const keymap: readonly Binding[] = [
	{
		keys: ['p'],
		command: 'pause',
		label: 'pause',
		description: 'Pause the rollout, after a confirmation (kubectl rollout pause)',
		modes: ['screen', 'service'],
		footer: 4,
		disabledReason: view => unreachable(view) ?? (isPaused(view) ? 'already paused; r resumes' : undefined),
	},
	{
		keys: ['r'],
		command: 'resume',
		label: 'resume',
		description: 'Resume a paused rollout, after a confirmation (kubectl rollout resume)',
		modes: ['screen', 'service'],
		footer: 5,
		disabledReason: view => unreachable(view) ?? (view.kind === 'service' || isPaused(view) ? undefined : 'not paused'),
	},
	{
		keys: ['u'],
		command: 'undo',
		label: 'undo',
		description: 'Go back to the revision before; shows what changes and always asks (kubectl rollout undo)',
		modes: ['screen', 'service'],
		footer: 3,
		disabledReason: view => unreachable(view) ?? (isPaused(view) ? 'a paused rollout can’t be undone; r resumes it first' : undefined),
	},
	{
		keys: ['t'],
		command: 'to-revision',
		label: 'to revision',
		description: 'Choose a revision from the history and go to it; always asks (kubectl rollout undo --to-revision)',
		modes: ['screen', 'service'],
		footer: 7,
		disabledReason: view => unreachable(view) ?? (isPaused(view) ? 'a paused rollout can’t be undone; r resumes it first' : undefined),
	},
	{
		keys: ['s'],
		command: 'scale',
		label: 'scale',
		description: 'Set the number of replicas: type it, see what each side gets then, and confirm (kubectl scale)',
		modes: ['screen', 'service'],
		footer: {screen: 12, service: 2.1},
		disabledReason: unreachable,
	},
	{
		keys: ['e'],
		command: 'edit-selector',
		label: 'selector',
		description: 'Edit the Service’s selector label by label; shows which pods will match, and always asks (kubectl set selector)',
		modes: ['service'],
		footer: 2.2,
		disabledReason: unread,
	},
	{
		keys: ['c'],
		command: 'toggle-curl',
		label: 'curl',
		description: 'Start or stop sending requests to the Service, to measure which version answers',
		modes: ['screen', 'service', 'mix'],
		footer: 6,
		disabledReason: view => (view.mix.mode === 'off' ? view.mix.offReason : undefined),
	},
	{
		keys: ['C'],
		command: 'routes',
		label: 'route',
		description: 'Choose by which way the requests go: the API server’s proxy, each pod, addresses of the Service, from inside the cluster',
		modes: ['screen', 'service', 'mix'],
		footer: 12,
	},
	{
		keys: ['m'],
		command: 'mix',
		label: 'mix',
		description: 'Show all that was measured: numbers per version, history, failed requests and what happened next to them',
		modes: ['screen', 'service'],
		footer: 9,
		disabledReason: unmeasured,
	},
	{keys: ['h'], command: 'history-span', label: 'history', description: 'Show the history of the last 1, 5, 10 or 30 minutes', modes: ['mix'], footer: 3},
	{
		keys: ['tab'],
		command: 'next-target',
		label: 'target',
		description: 'Show the numbers of the next target',
		modes: ['mix'],
		footer: 4,
		disabledReason: view => (view.mix.targets.length < 2 ? 'there is only one target' : undefined),
	},
	{
		keys: ['+', '='],
		command: 'window-longer',
		label: 'longer window',
		description: 'Measure the version mix over a longer time',
		modes: ['screen', 'service', 'mix'],
		disabledReason: unmeasured,
	},
	{
		keys: ['-'],
		command: 'window-shorter',
		label: 'shorter window',
		description: 'Measure the version mix over a shorter time',
		modes: ['screen', 'service', 'mix'],
		disabledReason: unmeasured,
	},
	{
		keys: ['/'],
		command: 'filter',
		label: 'filter',
		description: 'Show only the pods whose name, status, address or node contains a text',
		modes: ['screen', 'service', 'picker'],
		footer: 8,
	},
	{keys: ['tab'], command: 'next-panel', label: 'panel', description: 'Move to the next panel', modes: ['screen', 'service'], footer: 10},
	{keys: ['shift+tab'], command: 'previous-panel', label: 'previous panel', description: 'Move to the panel before', modes: ['screen', 'service']},
	{
		keys: ['enter'],
		command: 'open',
		label: 'details',
		description: 'Show the selected pod: containers, conditions, events, last log lines',
		modes: ['screen'],
		footer: 11,
		disabledReason: view => (view.pods.length === 0 ? 'there is no pod' : undefined),
	},
	{
		keys: ['enter'],
		command: 'open',
		label: 'open',
		description: 'Open the selected workload’s own screen, or the details of the selected pod',
		modes: ['service'],
		footer: 2.3,
		disabledReason: noSides,
	},
	{keys: ['enter'], command: 'open', label: 'choose', description: 'Choose the revision; a confirmation follows', modes: ['list'], footer: 1},
	{keys: ['enter'], command: 'open', label: 'choose', description: 'Send the requests by this way', modes: ['routes'], footer: 1},
	{keys: ['enter'], command: 'open', label: 'choose', description: 'Watch the chosen Deployment', modes: ['picker'], footer: 3},
	{keys: ['enter'], command: 'open', label: 'keep', description: 'Keep the filter and go back to the panels', modes: ['filter'], footer: 1},
	{keys: ['up', 'k'], command: 'up', label: 'up', description: 'One line up', modes: scrolling},
	{keys: ['down', 'j'], command: 'down', label: 'down', description: 'One line down', modes: scrolling},
	{keys: ['page-up'], command: 'page-up', label: 'page up', description: 'One page up', modes: scrolling},
	{keys: ['page-down', 'space'], command: 'page-down', label: 'page down', description: 'One page down', modes: scrolling},
	{keys: ['g', 'home'], command: 'first', label: 'first', description: 'To the first line', modes: scrolling},
	{keys: ['G', 'end'], command: 'last', label: 'last', description: 'To the last line', modes: scrolling},
	{
		keys: ['y'],
		command: 'confirm',
		label: 'yes, send it',
		description: 'Send what the confirmation shows; every other answer sends nothing',
		modes: ['dialog', 'scale', 'selector'],
		footer: 1,
	},
	{
		keys: ['y'],
		command: 'agree',
		label: 'yes, create it',
		description: 'Create what the question shows; every other answer creates nothing',
		modes: ['agree'],
		footer: 1,
	},
	{keys: ['n', 'escape', 'enter', 'q'], command: 'back', label: 'no', description: 'Create nothing', modes: ['agree'], footer: 2},
	{
		keys: ['d'],
		command: 'dry-run',
		label: 'dry run',
		description: 'Let the API server check it without changing anything (--dry-run=server)',
		modes: ['dialog', 'scale', 'selector'],
		footer: 3,
	},
	{keys: ['+', '='], command: 'one-more', label: 'one more', description: 'One replica more', modes: ['scale'], footer: 4},
	{keys: ['-'], command: 'one-fewer', label: 'one fewer', description: 'One replica fewer', modes: ['scale'], footer: 5},
	{keys: ['enter'], command: 'change-label', label: 'change', description: 'Change the marked label', modes: ['selector'], footer: 4},
	{keys: ['a'], command: 'add-label', label: 'add', description: 'Add a label', modes: ['selector'], footer: 5},
	{keys: ['x'], command: 'remove-label', label: 'remove', description: 'Take the marked label out of the selector', modes: ['selector'], footer: 6},
	{keys: ['enter'], command: 'keep-label', label: 'keep', description: 'Keep the label as it is typed', modes: ['label'], footer: 1},
	{keys: ['escape'], command: 'discard-label', label: 'discard', description: 'Leave the label as it was', modes: ['label'], footer: 2},
	{keys: ['n', 'escape', 'q'], command: 'back', label: 'no', description: 'Close it; nothing is sent', modes: ['scale', 'selector'], footer: 2},
	{keys: ['n', 'escape', 'enter', 'q'], command: 'back', label: 'no', description: 'Close the confirmation; nothing is sent', modes: ['dialog'], footer: 2},
	{keys: ['c'], command: 'next-container', label: 'container', description: 'Logs of the next container', modes: ['details'], footer: 3},
	{keys: ['p'], command: 'previous-logs', label: 'previous', description: 'Logs of the container’s run before its restart', modes: ['details'], footer: 4},
	{keys: ['?'], command: 'help', label: 'help', description: 'Show the keys', modes: ['screen', 'service', 'picker'], footer: 2},
	{keys: ['escape', 'q'], command: 'back', label: 'back', description: 'Close what is open', modes: ['details', 'mix', 'routes', 'help'], footer: 2},
	{keys: ['escape'], command: 'back', label: 'back', description: 'Close the list; nothing is sent', modes: ['list'], footer: 2},
	{keys: ['escape'], command: 'back', label: 'clear', description: 'Clear the filter and go back to the panels', modes: ['filter'], footer: 2},
	{
		keys: ['escape'],
		command: 'back',
		label: 'back',
		description: 'Clear the filter; then from a workload behind a Service back to the Service',
		modes: ['screen', 'service', 'picker'],
	},
	{keys: ['q'], command: 'quit', label: 'quit', description: 'Quit', modes: ['screen', 'service', 'picker'], footer: 1},
	{
		keys: ['ctrl+c'],
		command: 'interrupt',
		label: 'quit',
		description: 'Quit, from anywhere',
		modes: everyMode,
	},
];

/** The binding of a key where the keyboard is now. */
export function bindingOf(mode: Mode, key: string): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.keys.includes(key));
}

/** The binding of a command in a mode. */
export function bindingFor(mode: Mode, command: KeyCommand): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.command === command);
}

/** A binding's place in a mode's footer. */
export function footerPlace({footer}: Binding, mode: Mode): number | undefined {
	return typeof footer === 'object' ? footer[mode] : footer;
}

/** The bindings that a mode's footer shows, in the order of the table. */
export function footerBindings(mode: Mode): readonly Binding[] {
	return keymap.filter(binding => footerPlace(binding, mode) !== undefined && binding.modes.includes(mode));
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
	'ctrl+c': 'Ctrl-C',
};

/** A key as people call it. */
export function keyWord(key: string): string {
	return keyWords[key] ?? key;
}

/** Where a key works, in words; the panels are the ordinary case and need none. */
export const modeWords: Readonly<Record<Mode, string>> = {
	screen: 'panels',
	service: 'panels of a Service',
	list: 'list of revisions',
	dialog: 'confirmation',
	scale: 'number of replicas',
	selector: 'selector',
	label: 'label',
	agree: 'question before something is created',
	filter: 'filter',
	details: 'pod details',
	mix: 'mix in full',
	routes: 'list of routes',
	picker: 'picker',
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
