import type {PanelName, PodRow, ScreenView} from '../store/views.ts';
import {filterPods} from './panels/pods.ts';
import type {UiState} from './ui-state.ts';
import {selectedIndex} from './ui-state.ts';

/** The panel that keys move in. */
export function focusedPanel({focus}: UiState, {kind}: Pick<ScreenView, 'kind'>): PanelName {
	return focus ?? (kind === 'service' ? 'workloads' : 'pods');
}

/** Names of the workloads that keys can act on: not the pods of nobody. */
export function sideNames({service}: Pick<ScreenView, 'service'>): readonly string[] {
	return (service?.sides ?? []).filter(({kind}) => kind === 'workload').map(({name}) => name);
}

/** Of a Service's workloads the one that keys act on; what stands in its place when it is gone. */
export function chosenSide({side}: UiState, view: Pick<ScreenView, 'service'>): string | undefined {
	const names = sideNames(view);
	if (side === undefined) return names[0];
	return names.includes(side.name) ? side.name : names[Math.min(side.index, names.length - 1)];
}

/** Index of the selected pod among those that are listed; undefined when nothing was ever selected. */
export function selectedPodIndex(ui: UiState, pods: readonly PodRow[]): number | undefined {
	if (ui.selected === undefined) return undefined;
	return selectedIndex(
		ui,
		pods.map(({uid}) => uid),
	);
}

/** The pod that keys act on, of those that the filter leaves: the selected one, else the first. */
export function selectedPod(ui: UiState, view: Pick<ScreenView, 'pods'>): PodRow | undefined {
	const pods = filterPods(view.pods, ui.filter);
	return pods[selectedPodIndex(ui, pods) ?? 0];
}
