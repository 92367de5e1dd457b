import type {Key} from 'ink';
import {useInput} from 'ink';
import {useCallback, useRef} from 'react';
import {textOf} from './keyboard/keyboard.ts';

const named: readonly (readonly [keyof Key, string])[] = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'page-up'],
	['pageDown', 'page-down'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	// Most terminals send DEL for the backspace key, which ink calls delete.
	['delete', 'backspace'],
];

/**
 * The name of a key press; undefined for what is none. Text of more than one character is a paste or typing faster than
 * the terminal is read: it must never act.
 */
function keyName(input: string, key: Key): string | undefined {
	if (key.tab) return key.shift ? 'shift+tab' : 'tab';
	for (const [flag, name] of named) {
		if (key[flag]) return name;
	}
	if (key.meta || input.length !== 1) return undefined;
	return key.ctrl ? `ctrl+${input}` : characterName(input);
}

function characterName(input: string): string | undefined {
	if (input === ' ') return 'space';
	return input >= '!' ? input : undefined;
}

/** `pasted`: the terminal says that it was not typed. */
export type KeyPress = {readonly name: string | undefined; readonly text: string; readonly pasted: boolean};

/** Calls back for each key press, and for text that came at once, which is none: a pasted `u` and `y` would otherwise undo a rollout. */
export function useKeys(onKey: (press: KeyPress) => void): void {
	// ink hears of a new handler only after the frame is out: a key in between must not act on what was shown before.
	const latest = useRef(onKey);
	latest.current = onKey;
	const handler = useCallback((input: string, key: Key) => {
		const text = textOf(input);
		if (text !== undefined) {
			latest.current({name: undefined, ...text});
			return;
		}
		const name = keyName(input, key);
		latest.current({name, text: key.ctrl || key.meta || (name !== undefined && name.length > 1 && name !== 'space') ? '' : input, pasted: false});
	}, []);
	useInput(handler);
}
