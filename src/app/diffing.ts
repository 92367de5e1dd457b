import type {Command} from '../domain/command.ts';
import {runningRevision} from '../domain/revisions.ts';
import {templateAfter} from '../domain/template-after.ts';
import type {DiffView} from '../store/revision-views.ts';
import type {State} from '../store/state.ts';
import {focused} from '../store/workload-state.ts';

/** The diff of the template as it is now and as a command would leave it. Rejects with a sentence for people. */
export async function diffOf(state: State, command: Command): Promise<DiffView> {
	const {workload} = focused(state, command.workload);
	const revisions = [...state.replicaSets.values()];
	const after = workload === undefined || command.kind === 'select' ? undefined : templateAfter(command, workload, revisions);
	if (workload === undefined || after === undefined) throw new Error('this does not change the template: there is nothing to compare');
	// Loaded when first asked for: most screens never show a diff.
	const {templateDiff} = await import('../domain/template-diff.ts');
	const diff = templateDiff(workload.template, after.template, state.guard);
	return {from: `revision ${runningRevision(workload, revisions) ?? '?'} (now)`, to: after.name, ...diff};
}
