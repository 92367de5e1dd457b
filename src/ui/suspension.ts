import {createContext} from 'react';

/** What stops this process; in tests nothing may. */
export type Stop = (whom: 'job' | 'self') => void;

export type Suspension = {
	/** Stops the whole job, as Ctrl-Z does in a terminal that is not raw. Resolves when it goes on; false where nothing could stop it. */
	readonly suspend: () => Promise<boolean>;
	readonly close: () => void;
};

/** Stops the job; what there is where no terminal is: nothing stops. */
export const SuspendContext = createContext<Suspension['suspend']>(async () => false);

/** By SIGTSTP and not SIGSTOP: the system ignores it where no shell is there to let the job go on, which would then stand for ever. */
const stopByTheSystem: Stop = whom => {
	process.kill(whom === 'job' ? 0 : process.pid, 'SIGTSTP');
};

/** By then a process that can be stopped is. */
const stoppedWithinMs = 30;

/**
 * Ctrl-Z and the signals of job control: `leave` gives the terminal back before the process stops, `enter` takes it again when it goes on, also after a
 * SIGSTOP, of which nobody hears before. The shell knows a job by its process group: all of `npx rollwatch`, or nothing, must stop.
 */
export function createSuspension({leave, enter, stop = stopByTheSystem}: {leave: () => void; enter: () => void; stop?: Stop | undefined}): Suspension {
	let continued = false;
	let underWay: Promise<boolean> | undefined;
	const onContinue = () => {
		continued = true;
		enter();
	};
	const stopAndGoOn = async (whom: Parameters<Stop>[0]) => {
		continued = false;
		leave();
		// Without a listener the signal does what it does to every process.
		process.off('SIGTSTP', onStop);
		try {
			stop(whom);
			await new Promise(resolve => setTimeout(resolve, stoppedWithinMs));
			// Timers come before signals where both are due, as after a stop.
			await new Promise(resolve => setImmediate(resolve));
		} finally {
			if (!closed) process.on('SIGTSTP', onStop);
		}
		if (!continued && !closed) enter();
		return continued;
	};
	// Of two keys in one read the second would stop it again as soon as it goes on.
	const suspend = (whom: Parameters<Stop>[0]) => {
		underWay ??= stopAndGoOn(whom).finally(() => {
			underWay = undefined;
		});
		return underWay;
	};
	const onStop = () => void suspend('self');
	let closed = false;
	process.on('SIGTSTP', onStop);
	process.on('SIGCONT', onContinue);
	return {
		suspend: () => suspend('job'),
		close() {
			closed = true;
			process.off('SIGTSTP', onStop);
			process.off('SIGCONT', onContinue);
		},
	};
}
