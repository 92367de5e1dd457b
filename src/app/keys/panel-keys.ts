import type {ScreenView} from '../../store/views.ts';
import type {Binding} from './binding.ts';

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

/** Keys of the panels, of a workload and of a Service. */
export const panelKeys: readonly Binding[] = [
	{
		keys: ['p'],
		command: 'pause',
		action: 'pause',
		label: 'pause',
		description: 'Pause the rollout, after a confirmation (kubectl rollout pause)',
		modes: ['screen', 'service'],
		footer: 4,
		disabledReason: view => unreachable(view) ?? (isPaused(view) ? 'already paused; r resumes' : undefined),
	},
	{
		keys: ['r'],
		command: 'resume',
		action: 'resume',
		label: 'resume',
		description: 'Resume a paused rollout, or promote what it began, after a confirmation (kubectl rollout resume)',
		modes: ['screen', 'service'],
		footer: 5,
		disabledReason: view => unreachable(view) ?? (view.kind === 'service' || isPaused(view) ? undefined : 'not paused'),
	},
	{
		keys: ['u'],
		command: 'undo',
		action: 'undo',
		label: 'undo',
		description: 'Go back to the revision before, resuming it where it is paused; shows what changes and always asks (kubectl rollout undo)',
		modes: ['screen', 'service'],
		footer: 3,
		disabledReason: unreachable,
	},
	{
		keys: ['t'],
		command: 'to-revision',
		label: 'to revision',
		description: 'Choose a revision from the history and go to it; always asks (kubectl rollout undo --to-revision)',
		modes: ['screen', 'service'],
		footer: 7,
		disabledReason: unreachable,
	},
	{
		keys: ['U'],
		command: 'undo-changes',
		action: 'undo',
		label: 'undo changes',
		description: 'Choose how many of the last changes to undo, and go to what ran before them; always asks (kubectl rollout undo --to-revision)',
		modes: ['screen', 'service'],
		disabledReason: unreachable,
	},
	{
		keys: ['s'],
		command: 'scale',
		action: 'scale',
		label: 'scale',
		description: 'Set the number of replicas: type it, see what each side gets then, and confirm (kubectl scale)',
		modes: ['screen', 'service'],
		footer: {screen: 12, service: 2.1},
		disabledReason: unreachable,
	},
	{
		keys: ['R'],
		command: 'restart',
		action: 'restart',
		label: 'restart',
		description: 'Replace all pods by new ones of the same template; always asks (kubectl rollout restart)',
		modes: ['screen', 'service'],
		footer: 14,
		disabledReason: view => unreachable(view) ?? (isPaused(view) ? 'a paused Deployment can’t be restarted; r resumes it first' : undefined),
	},
	{
		keys: ['i'],
		command: 'set-image',
		action: 'set-image',
		label: 'image',
		description: 'Set a container’s image: choose the container, edit the image, and confirm (kubectl set image)',
		modes: ['screen', 'service'],
		footer: 12.5,
		disabledReason: unreachable,
	},
	{
		keys: ['x', 'ctrl+d'],
		command: 'delete-pod',
		action: 'delete-pod',
		label: 'delete pod',
		description: 'Delete the selected pod, so that another one is made; always asks (kubectl delete pod)',
		modes: ['screen', 'details'],
		footer: {screen: 15, details: 5},
		disabledReason: view => (view.kind === 'service' ? 'open its workload first' : view.pods.length === 0 ? 'there is no pod' : undefined),
	},
	{
		keys: ['e'],
		command: 'edit-selector',
		action: 'select',
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
];
