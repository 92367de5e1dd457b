import type {Line} from '../line.ts';
import {mergeSpans} from '../line.ts';
import type {TextLook, Theme} from '../theme.ts';

const colourCodes: Readonly<Record<string, number>> = {
	red: 31,
	green: 32,
	yellow: 33,
	blue: 34,
	magenta: 35,
	cyan: 36,
	white: 37,
	redBright: 91,
	greenBright: 92,
	yellowBright: 93,
	blueBright: 94,
	magentaBright: 95,
	cyanBright: 96,
	whiteBright: 97,
};

/** SGR parameters of a look; empty for a plain one. */
function parametersOf({color, bold, dimColor, inverse}: TextLook): string {
	const codes = [bold ? 1 : undefined, dimColor ? 2 : undefined, inverse ? 7 : undefined, color === undefined ? undefined : colourCodes[color]];
	return codes.filter(code => code !== undefined).join(';');
}

const texts = new WeakMap<Theme, WeakMap<Line, string>>();

/** A line as the terminal gets it, each span with its colours and weight; `dots` in the place of a spinner. Made once for each line. */
export function styledText(line: Line, theme: Theme, dots: string): string {
	if (line.some(({spinner}) => spinner === true)) return textOf(line, theme, dots);
	const known = texts.get(theme) ?? new WeakMap<Line, string>();
	texts.set(theme, known);
	const text = known.get(line) ?? textOf(line, theme, dots);
	known.set(line, text);
	return text;
}

function textOf(line: Line, theme: Theme, dots: string): string {
	return mergeSpans(line)
		.map(({text, style, spinner}) => {
			const parameters = parametersOf(theme.look(style));
			const drawn = spinner === true ? dots : theme.drawn(text);
			return parameters === '' ? drawn : `\u001B[${parameters}m${drawn}\u001B[m`;
		})
		.join('');
}
