import type {Command, CommandResult, Refusal} from '../domain/command.ts';
import type {ActionName} from '../domain/rights.ts';
import type {TemplateContainer} from '../domain/template-containers.ts';
import type {ConfirmView} from '../store/confirm-views.ts';
import type {LogFeed, LogScope, LogWish} from '../store/log-feed.ts';
import type {DiffView, RevisionRow, StepsView} from '../store/revision-views.ts';
import type {PodDetailsView, RouteRow} from '../store/views.ts';
import type {WhyView} from '../store/why-views.ts';
import type {ShownHistory} from './dialogs/mix.ts';

/** What the keys do. The screen knows no more of the world than this; the app implements it. */
export type ScreenPorts = {
	/** Sends a command that a person has confirmed. Its effect comes back through the views, its end also as the promise. */
	readonly send: (command: Command, options?: {readonly dryRun?: boolean}) => Promise<CommandResult>;
	/** What a confirmation shows, or why the command can't be sent at all. Called again at `y`: a confirmation that is out of date is shown anew. */
	readonly confirmOf: (command: Command) => ConfirmView | {readonly refusal: Refusal};
	/** Reads from the API what the confirmation of this command needs and no watch brings; `confirmOf` has it afterwards. Rejects never. */
	readonly prepare: (command: Command) => Promise<void>;
	/** Asks the API server again whether this may be done; what it says comes through the views. */
	readonly askRight: (action: ActionName) => void;
	/** The workload's name, and how many replicas it shall have now; undefined before it was seen. */
	readonly scaleOf: (workload?: string) => {readonly name: string; readonly replicas: number} | undefined;
	/** A StatefulSet's name and partition; undefined of other kinds, and before it was seen. */
	readonly partitionOf: (workload?: string) => {readonly name: string; readonly partition: number} | undefined;
	/** The workload's name, and the containers of its template; undefined before it was seen. */
	readonly containersOf: (workload?: string) => {readonly name: string; readonly containers: readonly TemplateContainer[]} | undefined;
	/** Newest first; of the named workload behind a Service, else of the one whose screen it is. */
	readonly revisions: (workload?: string) => readonly RevisionRow[];
	/** The changes that led to what runs now; undefined before the workload was seen. */
	readonly steps: (workload?: string) => StepsView | undefined;
	/** What a command would change in the template. Rejects with a sentence for people. */
	readonly diff: (command: Command) => Promise<DiffView>;
	/** Shows a workload's own screen, of those behind the watched Service; undefined: the Service's again. */
	readonly openWorkload: (name: string | undefined) => void;
	readonly toggleCurl: () => void;
	/** The ways by which requests can go, as far as the API tells. Rejects with a sentence for people. */
	readonly routes: () => Promise<readonly RouteRow[]>;
	/** Whether what the screen asks for may be created. */
	readonly agree: (yes: boolean) => void;
	/** Starts the curl loop by this way, after an agreement where it creates something. */
	readonly chooseRoute: (id: string) => void;
	/** The window over which the mix is measured. */
	readonly setWindow: (seconds: number) => void;
	/** The target whose numbers are shown in full. */
	readonly chooseTarget: (id: number) => void;
	/** The chosen target's mix over the last so many seconds, in at most so many columns, oldest first. */
	readonly mixHistory: (seconds: number, columns: number) => ShownHistory;
	readonly podDetails: (uid: string) => PodDetailsView | undefined;
	/** Last lines of a container's log, `previous`: of its run before the restart. Rejects with a sentence for people. */
	readonly podLogs: (uid: string, container: string, previous: boolean) => Promise<readonly string[]>;
	/** Why a rollout stands where it stands; the same object as long as that is the same. */
	readonly why: (workload: string | undefined) => WhyView | undefined;
	/** The log that is on the screen; `open` and `close` are the same functions for ever. */
	readonly logs: {
		readonly open: (wish: LogWish) => void;
		readonly close: () => void;
		readonly feed: Published<LogFeed>;
		/** All pods of a pod's revision, or of the (named) workload's new one; undefined where its ReplicaSet is not known. */
		readonly ofRevision: (podUid: string | undefined, workload: string | undefined) => LogScope | undefined;
	};
	/** Back to the list that the screen was opened from; absent: it was not. */
	readonly toList?: (() => void) | undefined;
	readonly quit: () => void;
};

/** A view that changes: the store seen through selectors. */
export type Published<View> = {readonly subscribe: (listener: () => void) => () => void; readonly snapshot: () => View};
