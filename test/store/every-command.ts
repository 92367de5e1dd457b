import type {WorkloadCommand} from '../../src/domain/command.ts';

/** A command of nearly every kind, for views that must come through any of them. */
export const everyCommand: readonly WorkloadCommand[] = [
	...(['pause', 'resume', 'restart', 'continue', 'promote-full', 'abort', 'retry'] as const).map(kind => ({kind})),
	{kind: 'undo', toRevision: undefined},
	{kind: 'undo', toRevision: 1},
	{kind: 'to-step', step: 1},
	{kind: 'scale', replicas: 3},
	{kind: 'set-partition', partition: 1},
];
