import {plainText} from '../domain/sanitise.ts';

/** A reader that went away (`| head`), a terminal that was closed: nobody is left to be told. */
const readerIsGone: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'EOF']);

export type OutputErrors = {
	/** Resolves once what was written is out: why it could not be, such as a full disk; undefined where nothing is wrong, or nobody reads. */
	readonly settled: () => Promise<string | undefined>;
};

/** Hears of it when the output can't be written; `onError`: there is no use in going on. */
export function watchOutput(stdout: NodeJS.WriteStream, onError: () => void): OutputErrors {
	let problem: string | undefined;
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		// A terminal that is gone answers EIO.
		if (!readerIsGone.has(error.code) && !(stdout.isTTY && error.code === 'EIO')) problem ??= sentence(error);
		onError();
	});
	return {
		async settled() {
			// Nobody waits for a terminal that is stopped: what is on its screen is gone with it.
			if (!stdout.isTTY && !stdout.destroyed) await new Promise<void>(resolve => stdout.write('', () => resolve()));
			// The callback comes before the error is told.
			await new Promise(resolve => setImmediate(resolve));
			return problem;
		},
	};
}

/** `ENOSPC: no space left on device, write` without what only the system's own people need. */
function sentence({message}: Error): string {
	return plainText(message.replace(/^E[A-Z]+: /, '').replace(/, \w+$/, ''));
}
