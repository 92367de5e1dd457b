import {openScreen} from '../../bench/screen.mjs';

const lookEveryMs = 100;

/** What a header says of the connection. @param {string} text */
function standing(text) {
	const [header = ''] = text.split('\n');
	return /LIVE|SYNCING|DELETED|FORBIDDEN[^)]*\)|LOST/.exec(header)?.[0] ?? '';
}

/** Why streams were lost, without what the sentences have in common. @param {readonly import('./program.mjs').Claim[]} claims */
export function reasonsOf(claims) {
	const reasons = claims.flatMap(({kind, reason = ''}) =>
		kind === 'lost' ? [reason.replace(/^(?:cannot reach )?the API server \S+ of context "[^"]*":? /, '')] : [],
	);
	return [...new Set(reasons)].slice(0, 3).join('; ');
}

/**
 * The real program on a real terminal, and what it tells a person about its connection, each different thing once and in order.
 * @param {string} program @param {readonly string[]} args @param {readonly string[]} [imports]
 */
export function openStory(program, args, imports = []) {
	const screen = openScreen(process.execPath, [...imports.flatMap(url => ['--import', url]), program, ...args]);
	/** @type {string[]} */
	let told = [];
	/** @type {Set<string>} */
	let nonsense = new Set();
	const look = () => {
		const text = screen.text();
		const said = standing(text);
		if (said !== '' && told.at(-1) !== said) told.push(said);
		for (const [word] of text.matchAll(/NaN|Infinity|undefined|Invalid Date|(?<![\w-])-\d+(?:s|m|h|d)\b/g)) nonsense.add(word);
	};
	const timer = setInterval(look, lookEveryMs);
	return {
		screen,
		/** What it told since the last time, in order, and why: by what the program without a screen said. @param {readonly import('./program.mjs').Claim[]} [claims] */
		take(claims = []) {
			look();
			const standings = told.length > 6 ? [...told.slice(0, 3), '…', told.at(-1)] : told;
			told = [];
			return [standings.join(' → '), reasonsOf(claims)].filter(part => part !== '').join(': ');
		},
		/** Words that no screen should have, since the last time. */
		nonsense() {
			const found = [...nonsense];
			nonsense = new Set();
			return found;
		},
		/** @param {string} what @param {(text: string) => boolean} holds @param {number} [patienceMs] */
		shown: (what, holds, patienceMs = 60_000) => screen.whenShown(what, holds, patienceMs),
		isLive: (/** @type {string} */ text) => standing(text) === 'LIVE',
		async close() {
			clearInterval(timer);
			await screen.close();
		},
	};
}

/** @typedef {ReturnType<typeof openStory>} Story */
