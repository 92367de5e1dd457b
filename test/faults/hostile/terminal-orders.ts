/** What the program itself tells a terminal: everything else that a terminal would obey came from outside. */

const privateModes = new Set(['7', '25', '1049', '2004', '2026']);

/** Weight, inversion and colours; never blinking, hidden, or colours of other forms. */
const looks = /^(?:[0-4]|7|2[2347]|3[0-7]|39|4[0-7]|49|9[0-7]|10[0-7]|[34]8;5;\d{1,3}|[34]8;2;\d{1,3};\d{1,3};\d{1,3})$/;

function isLook(parameters: string): boolean {
	if (parameters === '' || looks.test(parameters)) return true;
	return parameters.split(';').every(one => looks.test(one));
}

/** Addresses within the terminal, erasing of a line's rest and of the screen, and nothing of the lines above it. */
function isOurs(parameters: string, final: string, rows: number): boolean {
	if (final === 'm') return isLook(parameters);
	if (final === 'H') return /^\d*(?:;\d+)?$/.test(parameters) && Number(parameters.split(';')[0] || 1) <= rows;
	// Over what stands there already, or blanks in its place.
	if (final === 'C' || final === 'X') return /^\d{0,3}$/.test(parameters);
	// Whether it is there: what it answers says nothing else.
	if (final === 'n') return parameters === '5';
	if (final === 'K') return /^[012]?$/.test(parameters);
	if (final === 'J') return /^[02]?$/.test(parameters);
	return (final === 'h' || final === 'l') && parameters.startsWith('?') && privateModes.has(parameters.slice(1));
}

// A control sequence; else the escape with what follows it; else a control character, or one that turns or hides what stands around it.
const order =
	/\u001B\[([\u0030-\u003F]*)([\u0020-\u002F]*[\u0040-\u007E])|\u001B[\s\S]?|[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u200E\u200F\u061C\u2028-\u202E\u2066-\u2069\uFEFF]|\r(?!\n)/g;

/** What of a terminal's bytes is not the program's own, with what stands around it. `rows`: of the terminal. */
export function foreignOrders(written: string, rows: number): readonly string[] {
	return Array.from(written.matchAll(order)).flatMap(({0: whole, 1: parameters, 2: final, index}) => {
		if (parameters !== undefined && final !== undefined && isOurs(parameters, final, rows)) return [];
		return [`${JSON.stringify(whole)} in ${JSON.stringify(written.slice(Math.max(0, index - 40), index + 40))}`];
	});
}

/** The same of a text that goes to a file or pipe, where nothing at all is ours. */
export function ordersIn(text: string): readonly string[] {
	return foreignOrders(text.replaceAll('\u001B', '\u001B\u0000'), 0);
}
