import {randomBytes} from 'node:crypto';

/** A secret that stands nowhere else, and where it was planted. */
export type Canary = {readonly place: string; readonly value: string};

/** Letters that stay what they are in URLs, JSON and YAML; no pattern, so that a piece of one is a piece of this one alone. */
export function canary(place: string): Canary {
	return {place, value: `cNr${randomBytes(24).toString('hex')}`};
}

/** So much of a secret in one place is a leak: what was cut, or goes on in the next line, is none the less. */
const piece = 10;

function piecesOf(text: string): readonly string[] {
	return Array.from({length: Math.max(1, text.length - piece + 1)}, (_, at) => text.slice(at, at + piece));
}

/** base64 of a text depends on how many bytes stand before it, and its ends on what is beside it. */
function base64Pieces(value: string): readonly string[] {
	return [0, 1, 2].flatMap(before =>
		piecesOf(
			Buffer.from(`${'x'.repeat(before)}${value}`)
				.toString('base64')
				.slice(4, -4),
		),
	);
}

function formsOf(value: string): readonly string[] {
	const base64 = base64Pieces(value);
	return [
		...piecesOf(value),
		...base64,
		...base64.map(part => part.replaceAll('+', '-').replaceAll('/', '_')),
		...piecesOf(Buffer.from(value).toString('hex')),
	];
}

/** What a terminal or a file holds, also with everything taken out that stands between the parts of a text that goes over several lines. */
function readingsOf(text: string): readonly string[] {
	const decoded = text.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
	const joined = decoded.replace(/\u001B\[[\d;?]*[A-Za-z]|[\s\u2500-\u257F|…]/g, '');
	return [text, decoded, joined];
}

/** The places of the canaries of which a part stands in the text: as it is, in base64, in hex, percent-encoded, over several lines. */
export function foundIn(text: string, canaries: readonly Canary[]): readonly string[] {
	const readings = readingsOf(text);
	return canaries.filter(({value}) => formsOf(value).some(form => readings.some(reading => reading.includes(form)))).map(({place}) => place);
}
