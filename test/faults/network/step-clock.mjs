// Preloaded into the program: at SIGUSR2 its clock steps to as many ms beside the machine's as the file of CLOCK_FILE says. `performance.now` and timers
// stay as they are, as when a machine's clock is set.
import {readFileSync} from 'node:fs';

const RealDate = Date;
let offset = 0;

globalThis.Date = class extends RealDate {
	/** @param {any[]} parts */
	constructor(...parts) {
		// @ts-expect-error: as many as the real one takes
		super(...(parts.length === 0 ? [RealDate.now() + offset] : parts));
	}
	static now() {
		return RealDate.now() + offset;
	}
};

process.on('SIGUSR2', () => {
	offset = Number(readFileSync(process.env.CLOCK_FILE ?? '', 'utf8'));
});
