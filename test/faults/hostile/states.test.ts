import {expect, test} from 'vitest';
import {randomFrom} from '../../domain/mix/random.ts';
import {oneOf} from './mutate.ts';
import {isLong, seed, tell} from './rows.ts';
import {misdrawnIn, spoiltState} from './states.ts';
import {worldMakers} from './worlds.ts';

const makers = worldMakers();

/** What goes wrong with so many states, the first ones of it. */
function faultsOf(seed: number, count: number): readonly string[] {
	const random = randomFrom(seed);
	const faults: string[] = [];
	for (let at = 0; at < count && faults.length < 20; at += 1) {
		try {
			faults.push(...misdrawnIn(spoiltState(oneOf(makers, random)(), random), random).map(fault => `seed ${seed}, state ${at}: ${fault}`));
		} catch (error) {
			faults.push(`seed ${seed}, state ${at}: ${(error as Error).stack?.split('\n').slice(0, 8).join('\n')}`);
		}
	}
	return faults;
}

test(
	'whatever the API serves, each face of the program shows it without a fault',
	() => {
		console.log(`seed ${seed}`);
		const count = isLong ? 2000 : 100;
		const faults = faultsOf(seed, count);
		tell({
			fault: `${count} spoilt clusters on the screen, in all its dialogs, as lines, tables and JSON (seed ${seed})`,
			seen: 'whatever can be read, never wider than the terminal',
			lost: 'nothing',
			ok: faults.length === 0,
			note: faults.slice(0, 5).join('\n'),
		});
		expect(faults).toEqual([]);
	},
	isLong ? 900_000 : 120_000,
);
