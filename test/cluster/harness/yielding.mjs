import {writeFileSync} from 'node:fs';
import {setPriority} from 'node:os';

/** Set where a benchmark runs: the cluster, which in life has machines of its own, then takes only what is left of the cores. */
const yields = process.env.ROLLWATCH_TEST_CLUSTER_YIELDS !== undefined;

const lowest = 19;

/** For `spawn`: Linux shares cores out among sessions before it looks at priorities (sched(7), autogroup), so that each program gets one of its own. */
export const yieldingOptions = {detached: yields};

/**
 * Lets a program that was started with `yieldingOptions` give way to all others.
 * @param {number | undefined} pid
 */
export function giveWay(pid) {
	if (!yields || pid === undefined) return;
	try {
		setPriority(pid, lowest);
		writeFileSync(`/proc/${pid}/autogroup`, String(lowest));
	} catch {
		// No Linux, or one without autogroups: then the priority must do.
	}
}
