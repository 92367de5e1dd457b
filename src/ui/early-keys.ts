import {useStdin} from 'ink';
import {useCallback, useRef} from 'react';

const arrows: Readonly<Record<string, string>> = {up: '\u001B[A', down: '\u001B[B'};

export type EarlyKeys = {
	/** Keeps an arrow for the list as long as it does not listen. */
	readonly keep: (name: string | undefined) => void;
	/** To be called by the list when its mark moves. */
	readonly onMoved: (index: number) => void;
	/** To be called by the list when it listens, with its mark there; what comes back, when it does so no more. */
	readonly onListening: (index: number) => () => void;
};

/**
 * A list of ink's is on the screen a moment before it listens to keys, and after each move a moment before it moves on from there (effects run after the
 * paint): what a quick hand pressed meanwhile would be lost, and the marked row would not be the one that was meant.
 */
export function useEarlyKeys(): EarlyKeys {
	const {internal_eventEmitter: input} = useStdin();
	/** Where the list would move from, and where its mark is. */
	const listensAt = useRef<number | undefined>(undefined);
	const movedTo = useRef<number | undefined>(undefined);
	/** The key that is being told of has moved the mark just now: who hears of it later must not keep it. */
	const isTaken = useRef(false);
	const early = useRef<string[]>([]);
	const keep = useCallback((name: string | undefined) => {
		const sequence = arrows[name ?? ''];
		const isListening = listensAt.current !== undefined && listensAt.current === movedTo.current;
		if (sequence !== undefined && !isListening && !isTaken.current) early.current.push(sequence);
	}, []);
	const onMoved = useCallback((index: number) => {
		movedTo.current = index;
		isTaken.current = true;
		queueMicrotask(() => {
			isTaken.current = false;
		});
	}, []);
	const onListening = useCallback(
		(index: number) => {
			listensAt.current = index;
			movedTo.current ??= index;
			// One at a time: the first may move the mark, and the next waits for that.
			while (listensAt.current === movedTo.current) {
				const sequence = early.current.shift();
				if (sequence === undefined) break;
				input.emit('input', sequence);
			}
			return () => {
				listensAt.current = undefined;
				movedTo.current = undefined;
			};
		},
		[input],
	);
	return {keep, onMoved, onListening};
}
