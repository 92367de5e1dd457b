import type {Command, WorkloadCommand} from '../../../domain/command.ts';
import {kindWords, qualifiedName} from '../../../domain/kinds/kind-words.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import type {CommandLine} from '../../../domain/kinds/workload-rules.ts';
import {selectorLines, shellText} from '../../../domain/kubectl-command.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {State} from '../../state.ts';
import {writesEvent} from '../guard-view.ts';
import {timeOfDay} from '../time-of-day.ts';
import type {ConfirmExtras} from './extras.ts';

/** What one kind of question says; what is absent there says nothing. */
type Asked = Pick<ConfirmView, 'title' | 'object' | 'changes' | 'notes'> &
	Partial<Pick<ConfirmView, 'list' | 'keeps' | 'facts'>> & {readonly command: Command; readonly name: string};

/** A question with what every one of them shows: where it goes, the kubectl line, and what must be typed where a slip of the finger would be dear. */
export function question(state: State & {readonly workload?: Workload | undefined}, {kubeconfig}: ConfirmExtras, asked: Asked): ConfirmView {
	const {command, name, title, object, changes, list, keeps = [], facts = [], notes} = asked;
	const {context, server, namespace} = state.target;
	const place = {context, server, namespace};
	const warnings = [...unansweredNotes(state), ...notes];
	return {
		command,
		title,
		...place,
		object,
		changes,
		list,
		keeps,
		facts,
		notes: writesEvent(state) ? [...warnings, 'A Kubernetes event tells of it (--no-event: none).'] : warnings,
		kubectl: shellText(linesOf(state, command, name), {...place, kubeconfig}),
		typeName: state.guard.isProtected ? name : undefined,
	};
}

/** `deployment.apps/kubia`. */
export function objectName({kind, name}: Workload): string {
	return `${qualifiedName(kind)}/${name}`;
}

/** What is changed: what steers the workload where its rules write to that, as the line by hand says. */
export function objectOf(workload: Workload, command: WorkloadCommand): string {
	const above = (['KruiseRollout', 'Application'] as const).map(kind => `${kindWords[kind].resource}/`);
	const lines = rulesOf(workload).commandLines(command);
	const written = lines.flatMap(({words}) => words).find(word => above.some(start => word.startsWith(start)));
	const {release} = workload;
	if (written === undefined && release?.kind === 'Application' && lines[0]?.program[0] === 'vela') return `${qualifiedName(release.kind)}/${release.name}`;
	return written ?? objectName(workload);
}

function linesOf({workload}: {readonly workload?: Workload | undefined}, command: Command, name: string): readonly CommandLine[] {
	if (command.kind === 'select') return selectorLines(command, name);
	return workload === undefined ? [] : rulesOf(workload).commandLines(command);
}

/** Who asks again because nothing has come back yet must know that the first one is still on its way. */
function unansweredNotes({command}: State): readonly string[] {
	if (command === undefined || command.result !== undefined) return [];
	return [`What was sent at ${timeOfDay(command.startedAt)} (${command.command.kind}) has not been answered yet: it may still be done.`];
}
