import {useEffect, useMemo} from 'react';
import type {LogFeed, LogWish} from '../store/log-feed.ts';
import type {ScreenView} from '../store/views.ts';
import type {WhyView} from '../store/why-views.ts';
import type {Published, ScreenPorts} from './ports.ts';
import type {Dialog} from './ui-state.ts';

/** All that a frame is drawn of and that changes by itself. */
export type Live = {readonly view: ScreenView; readonly logs: LogFeed | undefined; readonly why: WhyView | undefined};

/** The views, and beside them what only an open dialog shows: the same object as long as none of it changed. */
export function useLive(store: Published<ScreenView>, {logs: {feed}, why: whyOf}: ScreenPorts, dialog: Dialog | undefined): Published<Live> {
	const kind = dialog?.kind;
	const workload = dialog?.kind === 'why' ? dialog.workload : undefined;
	return useMemo(() => {
		let last: Live | undefined;
		return {
			subscribe(listener) {
				const ends = [store.subscribe(listener), feed.subscribe(listener)];
				return () => {
					for (const end of ends) end();
				};
			},
			snapshot() {
				const view = store.snapshot();
				const logs = kind === 'logs' ? feed.snapshot() : undefined;
				const why = kind === 'why' ? whyOf(workload) : undefined;
				if (last === undefined || last.view !== view || last.logs !== logs || last.why !== why) last = {view, logs, why};
				return last;
			},
		};
	}, [store, feed, whyOf, kind, workload]);
}

/** The streams of a log live as long as it is on the screen. */
export function useLogStreams(wish: LogWish | undefined, {open, close}: ScreenPorts['logs']): void {
	useEffect(() => {
		if (wish === undefined) return;
		open(wish);
		return close;
	}, [wish, open, close]);
}
