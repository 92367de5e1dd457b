import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Recorder, startRecorder} from './differential/recorder.ts';
import {isOwnCluster} from './harness/suite-cluster.ts';
import {keep} from './situations/fixture.ts';
import {type Outcome, play} from './situations/play.ts';
import {embeddedSide, realSide, type Side} from './situations/sides.ts';
import {situations} from './situations/situations.ts';

/*
 * ROLLWATCH_SITUATIONS_ONLY=… the situations whose names contain this
 * ROLLWATCH_RECORD=1          keeps what the real control plane said as test/fixtures/situations/*.json
 */

const only = process.env.ROLLWATCH_SITUATIONS_ONLY ?? '';
const isRecording = process.env.ROLLWATCH_RECORD !== undefined;
const fixtures = fileURLToPath(new URL('../fixtures/situations', import.meta.url));
const chosen = situations.filter(({name}) => name.includes(only));
/** So many at a time on each side: they mostly wait. */
const atOnce = 12;

// They all run at once, whichever of the tests waits for them.
describe.runIf(isOwnCluster()).each([
	{name: 'the real control plane', start: realSide},
	{name: 'the embedded cluster', start: embeddedSide},
] as const)('situations on $name', ({start}) => {
	const outcomes = new Map<string, Promise<Outcome>>();
	let side: Side;
	let recorder: Recorder;

	beforeAll(async () => {
		side = await start();
		recorder = await startRecorder(side.client);
		const free = Array.from({length: atOnce}, () => Promise.resolve<unknown>(undefined));
		for (const [index, situation] of chosen.entries()) {
			if (side.name === 'embedded' && situation.realOnly !== undefined) continue;
			const outcome = (free[index % atOnce] ?? Promise.resolve()).then(() =>
				play(situation, side, recorder, stuck => stuck.some(({kind}) => kind === situation.kind)),
			);
			free[index % atOnce] = outcome.catch(() => undefined);
			outcome.catch(() => undefined);
			outcomes.set(situation.name, outcome);
		}
	});
	afterAll(async () => {
		recorder?.stop();
		await side?.stop();
	});

	test.for(chosen)('$name', {timeout: 200_000}, async ({name, kind, says, realOnly}, {skip}) => {
		skip(side.name === 'embedded' && realOnly !== undefined, realOnly);
		const outcome = await outcomes.get(name);
		if (outcome === undefined) throw new Error('was not played');
		if (isRecording && side.name === 'real') keep(fixtures, name, outcome.evidence);
		expect(outcome.stuck).toContainEqual(expect.objectContaining({kind, message: expect.stringMatching(says)}));
	});
});
