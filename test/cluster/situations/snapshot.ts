import {run} from '../../../src/app/run.ts';
import type {World} from '../../../src/app/world.ts';
import {parseArguments} from '../../../src/cli/parse-arguments.ts';
import type {Snapshot} from '../scenarios/watching.ts';

/** What `rollwatch ARGUMENTS --once -o json` prints, run in this process: dozens of situations want to be asked at once. Throws what the program would die of. */
export async function snapshotOf(args: readonly string[], signal: AbortSignal): Promise<Snapshot> {
	const parsed = parseArguments([...args, '--once', '-o', 'json'], 'test', {env: {}, stdoutIsTerminal: false, stdinIsTerminal: false});
	if (parsed.kind !== 'run') throw new Error(`not understood: ${args.join(' ')}`);
	let text = '';
	const write = (part: string) => {
		text += part;
		return true;
	};
	const world = {stdin: {}, stdout: {write}, stderr: {write: () => true}, env: {}, now: Date.now, signal} as unknown as World;
	await run(parsed.options, world);
	return JSON.parse(text);
}
