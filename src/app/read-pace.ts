/** As much as all streams together may bring in one window: ten megabytes a second cost a few per cent of a core. */
const mostBytes = 1024 * 1024;
const windowMs = 100;

/** Lets so much be read at a time; who comes later waits for the next window, and with them whoever writes. `after`: a timer. */
export function createReadPace(after: (ms: number, run: () => void) => void): (bytes: number) => Promise<void> | undefined {
	let read = 0;
	let next: Promise<void> | undefined;
	return bytes => {
		read += bytes;
		next ??= new Promise(resolve => {
			after(windowMs, () => {
				read = 0;
				next = undefined;
				resolve();
			});
		});
		return read > mostBytes ? next : undefined;
	};
}
