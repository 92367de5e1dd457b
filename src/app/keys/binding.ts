import type {ActionName} from '../../domain/rights.ts';
import type {ScreenView} from '../../store/views.ts';

/** All that can have the keyboard; `modeWords` says what each is. */
export const everyMode = [
	'screen',
	'service',
	'list',
	'diff',
	'steps',
	'release-steps',
	'dialog',
	'typed',
	'scale',
	'container',
	'image',
	'selector',
	'label',
	'agree',
	'filter',
	'details',
	'logs',
	'search',
	'why',
	'mix',
	'routes',
	'workloads',
	'help',
] as const;

/** What has the keyboard. */
export type Mode = (typeof everyMode)[number];

/** What a key does; each is carried out in one place (ui/screen-keys.ts). */
export type KeyCommand =
	| 'pause'
	| 'resume'
	| 'continue'
	| 'promote-full'
	| 'abort'
	| 'retry'
	| 'set-partition'
	| 'release-steps'
	| 'take-step'
	| 'undo'
	| 'to-revision'
	| 'restart'
	| 'set-image'
	| 'choose-container'
	| 'keep-image'
	| 'delete-pod'
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
	| 'diff'
	| 'undo-changes'
	| 'more-changes'
	| 'fewer-changes'
	| 'take-changes'
	| 'next-container'
	| 'previous-logs'
	| 'logs'
	| 'revision-logs'
	| 'search'
	| 'keep-search'
	| 'clear-search'
	| 'next-match'
	| 'previous-match'
	| 'follow'
	| 'timestamps'
	| 'wrap'
	| 'close-logs'
	| 'why'
	| 'help'
	| 'back'
	| 'quit'
	| 'suspend'
	| 'interrupt';

/** Some keys and what they do. */
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
	/** Another place while what is on the screen makes the key matter more; undefined: its ordinary one. */
	readonly footerNow?: (view: ScreenView) => number | undefined;
	/** Whether the footer has it at all, with that on the screen; absent: it always has. */
	readonly footerIf?: (view: ScreenView) => boolean;
	/** What it does to the cluster in the end: it is dim where that may not be done. Absent: it only shows something. */
	readonly action?: ActionName;
	/** Why the key can't act now; undefined when it can. */
	readonly disabledReason?: (view: ScreenView) => string | undefined;
};
