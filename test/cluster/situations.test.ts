import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Recorder, startRecorder} from './differential/recorder.ts';
import {isOwnCluster} from './harness/suite-cluster.ts';
import {keep} from './situations/fixture.ts';
import {type Outcome, play} from './situations/play.ts';
import {embeddedSide, realSide, type Side} from './situations/sides.ts';
import type {Situation} from './situations/situation.ts';
import {situations} from './situations/situations.ts';

/*
 * ROLLWATCH_SITUATIONS_ONLY=… the situations whose names contain this
 * ROLLWATCH_RECORD=1          keeps what the real control plane said as test/fixtures/situations/*.json
 */

const only = process.env.ROLLWATCH_SITUATIONS_ONLY ?? '';
const isRecording = process.env.ROLLWATCH_RECORD !== undefined;
const fixtures = fileURLToPath(new URL('../fixtures/situations', import.meta.url));
const chosen = situations.filter(({name}) => name.includes(only));
/** Stands in some sentences. */
const firstNode = 14;
/** So many at a time on each side: they mostly wait. */
const atOnce = 12;

/** Programs write what they like, and not always before one looks. */
const quote = /; its last line: (.*)$/;

interface Stage {
	readonly side: Side;
	readonly recorder: Recorder;
	readonly outcomes: ReadonlyMap<string, Promise<Outcome>>;
}

describe.runIf(isOwnCluster())('situations', () => {
	const stages = new Map<Side['name'], Stage>();

	// They all run at once, on both sides, whichever of the tests waits for them.
	beforeAll(async () => {
		for (const stage of await Promise.all([realSide(firstNode), embeddedSide(firstNode)].map(stageOf))) stages.set(stage.side.name, stage);
	});
	afterAll(async () => {
		for (const {recorder, side} of stages.values()) {
			recorder.stop();
			await side.stop();
		}
	});

	describe.each(['real', 'embedded'] as const)('on the %s control plane', name => {
		test.for(chosen)('$name', {timeout: 200_000}, async (situation, {skip}) => {
			skip(isLeftOut(situation, name), situation.realOnly);
			const outcome = await stages.get(name)?.outcomes.get(situation.name);
			if (outcome === undefined) throw new Error('was not played');
			if (isRecording) record(situation, name, outcome);
			const {kind, says, lastLine} = situation;
			const stuck = outcome.stuck.map(one => ({...one, message: one.message.replace(quote, '')}));
			expect(stuck).toContainEqual(expect.objectContaining({kind, message: typeof says === 'string' ? says : expect.stringMatching(says)}));
			if (lastLine !== undefined) expect(outcome.stuck.map(({message}) => quote.exec(message)?.[1])).toContain(lastLine);
		});
	});
});

async function stageOf(starting: Promise<Side>): Promise<Stage> {
	const side = await starting;
	const recorder = await startRecorder(side.client);
	const outcomes = new Map<string, Promise<Outcome>>();
	const free = Array.from({length: atOnce}, () => Promise.resolve<unknown>(undefined));
	const played = chosen.filter(situation => !isLeftOut(situation, side.name));
	for (const [index, situation] of played.entries()) {
		const isSaid = (stuck: Outcome['stuck']) => stuck.some(({kind}) => kind === situation.kind);
		const outcome = (free[index % atOnce] ?? Promise.resolve()).then(() => play(situation, side, recorder, isSaid));
		// Whoever waits for it hears of it.
		free[index % atOnce] = outcome.catch(() => undefined);
		outcomes.set(situation.name, outcome);
	}
	return {side, recorder, outcomes};
}

function isLeftOut({realOnly}: Situation, side: Side['name']): boolean {
	return side === 'embedded' && realOnly !== undefined;
}

function record({name}: Situation, side: Side['name'], {afterMs, stuck, evidence}: Outcome): void {
	process.stdout.write(`${side} ${name} after ${afterMs} ms: ${JSON.stringify(stuck)}\n`);
	if (side === 'real') keep(fixtures, name, evidence);
}
