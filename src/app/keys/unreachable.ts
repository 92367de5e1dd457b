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
