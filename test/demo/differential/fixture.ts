import {readFileSync} from 'node:fs';
import type {Write} from '../../cluster/differential/objects.ts';
import type {Trace} from '../../cluster/differential/run-scenario.ts';

/** A run of "25%/25% × 4 × bad image" on the real control plane, recorded by the differential suite; there are two, 0 and 1. */
export function recordedTrace(run: 0 | 1): Trace {
	const text = readFileSync(new URL(`../../fixtures/differential/bad-image.${run}.ndjson`, import.meta.url), 'utf8');
	const [head, ...writes] = text
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	return {...head, writes: writes as Write[]};
}
