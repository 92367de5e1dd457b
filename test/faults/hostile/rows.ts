import {appendFileSync} from 'node:fs';
import type {Row} from '../report.mjs';

const {HOSTILE_ROWS, SEED, HOSTILE_LONG} = process.env;

/** The whole of it, as `npm run faults -- hostile` asks for, in place of the part that every test run has time for. */
export const isLong = HOSTILE_LONG === '1';

/** What all random numbers of this run come from. */
export const seed = Number(SEED ?? Date.now() % 1_000_000);

/** A row of the table that `npm run faults` prints; a test run has no table. */
export function tell(row: Row): void {
	if (HOSTILE_ROWS !== undefined) appendFileSync(HOSTILE_ROWS, `${JSON.stringify(row)}\n`);
}
