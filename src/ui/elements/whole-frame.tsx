import {useContext, useEffect, useInsertionEffect, useState} from 'react';
import {DirectContext} from '../direct-surface.ts';
import type {Line} from '../line.ts';
import {styledText} from '../paint/styled-text.ts';
import {ThemeContext} from '../theme.ts';
import {Lines} from './line-text.tsx';

const spinnerMs = 400;
const spinnerFrames = ['.  ', '.. ', '...', '   '];

/**
 * Lines that are all that is on the screen. They go straight to the painter: ink would lay them out, join and cut them apart again, character by character, and that took
 * nine tenths of the time and of the memory of a frame. What is more than lines is ink's.
 */
export function WholeFrame({lines}: {readonly lines: readonly Line[]}) {
	const show = useContext(DirectContext);
	return show === undefined ? <Lines lines={lines} /> : <Direct lines={lines} show={show} />;
}

function Direct({lines, show}: {readonly lines: readonly Line[]; readonly show: (rows: readonly string[] | undefined) => void}) {
	const theme = useContext(ThemeContext);
	const dots = useDots(lines.some(line => line.some(({spinner}) => spinner === true)));
	// Before ink hears of the same change: it must not draw an empty screen in between.
	useInsertionEffect(() => show(lines.map(line => styledText(line, theme, dots))), [lines, theme, dots, show]);
	useInsertionEffect(() => () => show(undefined), [show]);
	return null;
}

/** The one spinner, which turns as long as it is there. */
function useDots(isTurning: boolean): string {
	const [turn, setTurn] = useState(0);
	useEffect(() => {
		if (!isTurning) return;
		const timer = setInterval(() => setTurn(before => before + 1), spinnerMs);
		return () => clearInterval(timer);
	}, [isTurning]);
	return spinnerFrames[turn % spinnerFrames.length] ?? '';
}
