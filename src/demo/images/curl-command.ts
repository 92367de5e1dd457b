/** What a loop is to do: its own arguments, and those of curl as far as the loop of a curl pod uses them. Durations in ms. */
export interface CurlCommand {
	readonly everyMs: number;
	readonly most: number;
	/** Bytes of headers and body that are printed. */
	readonly kept: number;
	readonly url: URL;
	readonly method: 'GET' | 'HEAD';
	readonly headers: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	readonly insecure: boolean;
}

/** Options of curl that take a word. */
const valued = new Set(['-A', '-H', '--max-time', '--noproxy', '--url', '--proto', '--connect-timeout']);

/**
 * Reads `sh -c SCRIPT rollwatch-curl EVERY MOST KEPT CURL-ARGUMENTS…`: known by the name after the script, which is not read. Undefined for anything else,
 * since this is no shell.
 */
export function parseCurlCommand([shell = '', option, , name, every, most, kept, ...words]: readonly string[]): CurlCommand | undefined {
	if (!/(?:^|\/)sh$/.test(shell) || option !== '-c' || name !== 'rollwatch-curl') return undefined;
	const {flags, values} = readWords(words);
	const url = values.get('--url')?.at(-1) ?? '';
	const numbers = [every, most, kept, values.get('--max-time')?.at(-1) ?? '0'].map(Number);
	if (!URL.canParse(url) || numbers.some(number => !(number >= 0))) return undefined;
	const [seconds = 0, count = 0, bytes = 0, timeout = 0] = numbers;
	return {
		everyMs: seconds * 1_000,
		most: count,
		kept: bytes,
		url: new URL(url),
		method: flags.has('-I') ? 'HEAD' : 'GET',
		headers: headersOf(values.get('-A')?.at(-1) ?? 'curl', values.get('-H') ?? []),
		timeoutMs: timeout * 1_000,
		insecure: flags.has('-k'),
	};
}

function readWords(words: readonly string[]) {
	const flags = new Set<string>();
	const values = new Map<string, string[]>();
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		if (valued.has(word)) {
			index++;
			values.set(word, [...(values.get(word) ?? []), words[index] ?? '']);
		} else flags.add(word);
	}
	return {flags, values};
}

/** `Name: value`, and `Name;` for one without a value; what is given twice takes the place of the first. */
function headersOf(agent: string, given: readonly string[]): Readonly<Record<string, string>> {
	const headers: Record<string, string> = {'user-agent': agent, accept: '*/*'};
	for (const text of given) {
		const [, name = '', , value = ''] = /^([^:;]+)(:\s*(.*)|;)$/s.exec(text) ?? [];
		if (name !== '' && name !== '__proto__') headers[name.toLowerCase()] = value;
	}
	return headers;
}
