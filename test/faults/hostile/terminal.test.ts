import {expect, test} from 'vitest';
import {programPath} from '../../e2e/program.ts';
import {runAllWays} from './program-runs.ts';
import {runOutOfBounds} from './resource-runs.ts';
import {isLong, tell} from './rows.ts';
import {ordersIn} from './terminal-orders.ts';

test('whatever the servers send, nothing that a terminal obeys comes out that is not the program’s own', async () => {
	const runs = await runAllWays(programPath(), !isLong);
	for (const {what, written, foreign, problem} of runs) {
		const ok = foreign.length === 0 && problem === undefined;
		tell({fault: `orders for the terminal in every text: ${what}`, seen: `${written} bytes, ${foreign.length} orders that are not ours`, lost: 'nothing', ok});
	}
	for (const {what, foreign, problem} of runs) expect({what, foreign: foreign.slice(0, 5), problem}).toEqual({what, foreign: [], problem: undefined});
	// Each way has written something, so that there was something to look at.
	expect(runs.filter(({written}) => written === 0)).toEqual([]);
}, 300_000);

/** More than a large cluster needs; a server that sends without end would soon have all that there is. */
const mostMb = 450;

test.runIf(isLong)(
	'a server that sends without end costs no more memory than a large cluster, and is told of',
	async () => {
		const runs = await runOutOfBounds(programPath());
		for (const {what, code, said, mostMb: held} of runs) {
			const ok = code !== undefined && said !== '' && held < mostMb && ordersIn(said).length === 0 && !said.includes('rollwatch itself failed');
			tell({fault: what, seen: said.trim().split('\n').at(-1)?.slice(0, 160) ?? '', lost: 'nothing', ok, note: `exit ${code}, at most ${held} MB`});
			expect.soft({what, ok, code, said: said.slice(-300), held}).toMatchObject({ok: true});
		}
	},
	900_000,
);
