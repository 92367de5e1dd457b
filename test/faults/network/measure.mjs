// Faults of the network between the program and the real API server, each by itself and in random mixes.
//
//	npm run faults -- network [--minutes 30] [--seed N] [--only each,clock,sleep,server,mixes] [--match TEXT] [--longest SECONDS] [--asleep SECONDS] [--patience TIMES]
import {randomInt} from 'node:crypto';
import {parseArgs} from 'node:util';
import {buildProgram} from '../../bench/program.mjs';
import {measureClock, measureSleep} from './clock-and-sleep.mjs';
import {playEach} from './each.mjs';
import {playMixes} from './mix.mjs';
import {createRandom} from './random.mjs';
import {measureServer} from './server.mjs';
import {openStage} from './stage.mjs';

export const needsCluster = true;

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

const options = /** @type {const} */ ({
	minutes: {type: 'string', default: '30'},
	seed: {type: 'string'},
	only: {type: 'string', default: 'each,clock,sleep,server,mixes'},
	match: {type: 'string'},
	longest: {type: 'string', default: '25'},
	asleep: {type: 'string', default: '40'},
	patience: {type: 'string', default: '1'},
});

/** @param {readonly string[]} args */
export async function measure(args) {
	const {values} = parseArgs({args: [...args], options});
	const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
	say(`seed ${seed}`);
	const names = values.only.split(',');
	// The mixes have no screen beside them.
	const built = names.every(name => name === 'mixes') ? {file: '', remove: () => {}} : buildProgram();
	/** @type {import('../report.mjs').Row[]} */
	const rows = [];
	/** @type {Record<string, (stage: import('./stage.mjs').OpenStage) => Promise<import('../report.mjs').Row[]>>} */
	const parts = {
		each: stage => playEach(stage, built, {say, match: values.match}),
		clock: stage => measureClock(stage, built),
		sleep: stage => measureSleep(stage, built, {stoppedMs: Number(values.asleep) * 1_000}),
		mixes: async stage => [(await playMixes(stage, {minutes: Number(values.minutes), longestMs: Number(values.longest) * 1_000, seed, say})).row],
	};
	const unknown = names.find(name => name !== 'server' && !Object.hasOwn(parts, name));
	if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}; there are ${Object.keys(parts).join(', ')}, server`);
	try {
		if (names.includes('server')) rows.push(...tell(await measureServer(built, createRandom(seed + 2))));
		for (const name of names.filter(each => each !== 'server')) {
			const stage = await openStage(createRandom(seed + 1), Number(values.patience));
			rows.push(...tell((await parts[name]?.(stage).finally(stage.close)) ?? []));
		}
	} finally {
		built.remove();
	}
	return rows;
}

/** At once, since the table comes last. @param {import('../report.mjs').Row[]} rows */
function tell(rows) {
	for (const {fault, ok, seen, lost, note = ''} of rows) say(`${fault}: ${ok ? 'ok' : 'WRONG'} — ${seen} — lost: ${lost} — ${note.replaceAll('\n', '; ')}`);
	return rows;
}
