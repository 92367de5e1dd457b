/** How cells look: the SGR parameters that lead there from nothing, one word per attribute, `1 31` for bold red. Empty is plain. */
export type Style = string;

export const plainStyle: Style = '';

const csi = '\u001B[';
const intensityOff = '22';
/** What takes an attribute away, by the first number of what sets it; colours are ranges, see there. */
const offs: Readonly<Record<string, string>> = {
	1: intensityOff,
	2: intensityOff,
	3: '23',
	4: '24',
	21: '24',
	5: '25',
	6: '25',
	7: '27',
	8: '28',
	9: '29',
	53: '55',
	58: '59',
};
const allOffs = new Set([...Object.values(offs), '39', '49']);

/** What takes this attribute away; undefined for what is no attribute that we know. */
function offOf(attribute: string): string | undefined {
	const code = Number.parseInt(attribute, 10);
	if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return '39';
	if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return '49';
	return offs[code];
}

/** Bold and faint go off together but are two attributes; of all others one replaces the other. */
function kindOf(attribute: string): string | undefined {
	const off = offOf(attribute);
	return off === intensityOff ? attribute : off;
}

function attributesOf(style: Style): readonly string[] {
	return style === plainStyle ? [] : style.split(' ');
}

/** Parameters as attributes: a colour by number takes the following ones with it (`38;5;N`, `38;2;R;G;B`); with colons it is one already. */
function wordsOf(parameters: string): readonly string[] {
	const words: string[] = [];
	const numbers = parameters.split(';');
	for (let index = 0; index < numbers.length; index++) {
		const word = numbers[index] === '' ? '0' : (numbers[index] ?? '0');
		const isColour = word === '38' || word === '48' || word === '58';
		const length = isColour ? ({5: 3, 2: 5}[numbers[index + 1] ?? ''] ?? 1) : 1;
		words.push(length === 1 ? word : numbers.slice(index, index + length).join(';'));
		index += length - 1;
	}
	return words;
}

/** The style after these SGR parameters (what stands between `CSI` and `m`); undefined when one of them is none that we know. */
export function styleAfter(style: Style, parameters: string): Style | undefined {
	let attributes = attributesOf(style);
	for (const word of wordsOf(parameters)) {
		const kind = kindOf(word);
		if (word === '0') attributes = [];
		else if (allOffs.has(word)) attributes = attributes.filter(one => offOf(one) !== word);
		else if (kind === undefined) return undefined;
		else attributes = [...attributes.filter(one => kindOf(one) !== kind), word];
	}
	return attributes.toSorted().join(' ');
}

/** The shortest sequence that leads from one style to another. */
export function styleChange(from: Style, to: Style): string {
	if (from === to) return '';
	if (to === plainStyle) return `${csi}m`;
	const [before, after] = [attributesOf(from), attributesOf(to)];
	const kinds = new Set(after.map(kindOf));
	const gone = new Set(before.filter(one => !kinds.has(kindOf(one))).map(one => offOf(one) ?? '0'));
	const added = after.filter(one => !before.includes(one) || gone.has(offOf(one) ?? ''));
	const changed = [...gone, ...added].join(';');
	const anew = ['0', ...after].join(';');
	return `${csi}${changed.length <= anew.length ? changed : anew}m`;
}
