import {useCallback, useRef, useSyncExternalStore} from 'react';
import type {Published} from './ports.ts';

/**
 * What a view looks like, as a value that keeps its identity while it looks the same. React, and with it ink, hears of a
 * publication only when something visible changed: drawing lines costs a fraction of a millisecond, a frame of ink several.
 */
export function useFrame<View, Frame>(
	{subscribe, snapshot}: Published<View>,
	draw: (view: View) => Frame,
	share: (previous: Frame | undefined, next: Frame) => Frame,
): Frame {
	const memory = useRef<{view: View; draw: (view: View) => Frame; frame: Frame} | undefined>(undefined);
	const getFrame = useCallback(() => {
		const view = snapshot();
		const before = memory.current;
		if (before !== undefined && before.view === view && before.draw === draw) return before.frame;
		const frame = share(before?.frame, draw(view));
		memory.current = {view, draw, frame};
		return frame;
	}, [snapshot, draw, share]);
	return useSyncExternalStore(subscribe, getFrame);
}
