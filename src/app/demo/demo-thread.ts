import {Worker} from 'node:worker_threads';
import type {DemoFacts, DemoMessage, DemoOrder, listDemo} from '../../demo/entry.ts';
import {UsageError} from '../usage-error.ts';

/** An embedded cluster that runs in a thread of this process. */
export type DemoThread = {
	readonly facts: DemoFacts;
	/** Calls back with what to try next: at once, and whenever that changes. */
	readonly onHint: (listen: (text: string) => void) => void;
	/** Rejects when the cluster fails; resolves never. */
	readonly failed: Promise<never>;
	readonly stop: () => Promise<void>;
};

// Beside this bundle; never loaded by who follows a real cluster.
const entry = new URL('./demo.js', import.meta.url);
const farewellMs = 3000;
// Without a limit V8 lets what thousands of pods leave behind pile up to a gigabyte before it looks. They need less than half of this.
const memoryLimits = {maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 768};

/** Starts the cluster and its scenario; `undefined` when the signal came first. Throws what prevented it, a UsageError where there is no such scenario. */
export async function startDemoThread(order: DemoOrder, signal: AbortSignal): Promise<DemoThread | undefined> {
	const worker = new Worker(entry, {workerData: order, resourceLimits: memoryLimits});
	let hint: string | undefined;
	let listener: ((text: string) => void) | undefined;
	let fail: (error: Error) => void = () => undefined;
	const failed = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	// Whoever waits for it hears of it; until somebody does it is no unhandled rejection.
	failed.catch(() => undefined);
	const ready = new Promise<DemoFacts>(resolve => {
		worker.on('message', (message: DemoMessage) => {
			if (message.type === 'ready') resolve(message.demo);
			else if (message.type === 'unknown-scenario') fail(unknownScenario(order.scenario, message.known));
			else if (message.type === 'failed') fail(new Error(`the embedded cluster failed: ${message.message}`));
			else {
				hint = message.text;
				listener?.(hint);
			}
		});
	});
	const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()));
	worker.on('error', fail);
	void exited.then(() => fail(new Error('the embedded cluster has ended')));
	const facts = await Promise.race([ready, failed, aborted(signal)]);
	if (facts === undefined) {
		await worker.terminate();
		return undefined;
	}
	return {
		facts,
		failed,
		onHint(listen) {
			listener = listen;
			if (hint !== undefined) listen(hint);
		},
		async stop() {
			worker.postMessage('stop');
			const impatience = setTimeout(() => void worker.terminate(), farewellMs);
			await exited;
			clearTimeout(impatience);
		},
	};
}

function unknownScenario(name: string | undefined, known: readonly string[]): UsageError {
	return new UsageError(`there is no scenario \`${name}\`: choose one of ${known.join(', ')}`);
}

function aborted(signal: AbortSignal): Promise<undefined> {
	return new Promise(resolve => {
		if (signal.aborted) resolve(undefined);
		else signal.addEventListener('abort', () => resolve(undefined), {once: true});
	});
}

/** What can be run. */
export async function listDemoContents(): Promise<ReturnType<typeof listDemo>> {
	const module: {readonly listDemo: typeof listDemo} = await import(entry.href);
	return module.listDemo();
}
