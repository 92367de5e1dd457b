import type {WorkloadCommand} from '../../domain/command.ts';
import type {ScreenView} from '../../store/views.ts';

/** Why no key can act on a workload. */
export function unreachable(view: ScreenView): string | undefined {
	if (view.kind === 'service') return noSides(view);
	if (view.gone) return 'the workload does not exist any more';
	return view.rollout === undefined ? 'the workload has not been read yet' : undefined;
}

/** Why no key can act on the watched Service. */
export function unread({gone, service}: ScreenView): string | undefined {
	if (gone) return 'the Service does not exist any more';
	return service === undefined ? 'the Service has not been read yet' : undefined;
}

/** Why no workload behind the Service can be chosen. */
export function noSides(view: ScreenView): string | undefined {
	return unread(view) ?? (view.service?.sides.some(({kind}) => kind === 'workload') ? undefined : 'no workload stands behind the Service');
}

/** Why no key can act on a pod. */
export function noPod(view: ScreenView): string | undefined {
	return view.pods.length === 0 ? 'there is no pod' : undefined;
}

/** Why a key that asks for such a command can't act on the workload as it stands, in the words of its kind. */
export function cant(command: WorkloadCommand['kind']): (view: ScreenView) => string | undefined {
	return view => unreachable(view) ?? view.abilities[command];
}

/** Why no revision can be chosen. */
export function noHistory(view: ScreenView): string | undefined {
	return unreachable(view) ?? view.abilities.history;
}

/** Why the steps of a rollout can't be shown. */
export function noSteps(view: ScreenView): string | undefined {
	if (view.kind === 'service') return noSides(view) ?? 'open its workload first';
	return unreachable(view) ?? (view.rollout?.steps === undefined ? 'its rollouts have no steps' : undefined);
}
