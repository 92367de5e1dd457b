import type {WorkloadCommand} from '../domain/command.ts';
import {kindWords} from '../domain/kinds/kind-words.ts';
import {lastAppliedAnnotation} from '../domain/ownership.ts';
import type {Workload} from '../domain/workload.ts';

/** What holds the template, which may be another object than the workload. */
function holderOf(workload: Workload): {readonly kind: string; readonly annotations: Workload['annotations']} {
	const reference = workload.kind === 'ArgoRollout' ? workload.workloadRef : undefined;
	if (reference?.holder !== undefined) return {kind: reference.kind, annotations: reference.holder.annotations};
	return {kind: kindWords[workload.kind].kind, annotations: workload.annotations};
}

/** Why an accepted undo may not last. */
export function undoWarnings({kind}: WorkloadCommand, before: Workload): readonly string[] {
	const holder = holderOf(before);
	if (kind !== 'undo' || holder.annotations[lastAppliedAnnotation] === undefined) return [];
	return [
		`this ${holder.kind} is kept with kubectl apply: its last-applied note still holds the newer template, so the next apply of the old file may bring that back`,
	];
}
