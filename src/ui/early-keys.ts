import {useStdin} from 'ink';
import {useCallback, useRef} from 'react';

const arrows: Readonly<Record<string, string>> = {up: '\u001B[A', down: '\u001B[B'};

export type EarlyKeys = {
	/** Keeps an arrow for the list as long as it does not listen. */
	readonly keep: (name: string | undefined) => void;
	/** To be called by the list when it listens; what comes back, when it is gone. */
	readonly onListening: () => () => void;
};

/**
 * A list of ink's is on the screen a moment before it listens to keys (effects run after the paint), and what a quick hand pressed meanwhile would be lost:
 * the marked row would not be the one that was meant.
 */
export function useEarlyKeys(): EarlyKeys {
	const {internal_eventEmitter: input} = useStdin();
	const isListening = useRef(false);
	const early = useRef<string[]>([]);
	const keep = useCallback((name: string | undefined) => {
		const sequence = arrows[name ?? ''];
		if (!isListening.current && sequence !== undefined) early.current.push(sequence);
	}, []);
	const onListening = useCallback(() => {
		isListening.current = true;
		for (const sequence of early.current.splice(0)) input.emit('input', sequence);
		return () => {
			isListening.current = false;
		};
	}, [input]);
	return {keep, onListening};
}
