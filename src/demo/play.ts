import {systemClock} from './clock.ts';
import {createDirector} from './director.ts';
import type {Scenario} from './scenarios/scenario.ts';
import {type RunningCluster, startCluster} from './start-cluster.ts';
import {createSteppedClock} from './stepped-clock.ts';

/** A scenario that is on. */
export interface Performance {
	readonly cluster: RunningCluster;
	/** The machine's time, epoch ms, at which the cluster's clock showed the same and began to run. */
	readonly startedAt: number;
	readonly stop: () => Promise<void>;
}

const minuteMs = 60_000;
/** A node, too, was there before the first Deployment. */
const headStartMs = 5 * minuteMs;

/**
 * Starts a cluster, makes a scenario's past in it as fast as the machine can, and sets off its opening; from then on time runs `speed` times as
 * fast as the machine's. Throws when the past does not come to its end.
 */
export async function play(scenario: Scenario, speed: number, onHint: (text: string) => void): Promise<Performance> {
	const begin = systemClock.now();
	const oldest = Math.max(0, ...scenario.past.map(({minutesAgo}) => minutesAgo));
	const clock = createSteppedClock(begin - oldest * minuteMs - headStartMs);
	const cluster = await clock.during(startCluster({clock, nodes: scenario.nodes}));
	const director = createDirector({scenario, api: cluster.client, clock, onHint});
	const stop = async () => {
		await director.stop();
		await cluster.stop();
	};
	try {
		await director.makePast(clock, begin);
		await clock.jump(systemClock.now() - clock.now());
		const startedAt = systemClock.now();
		clock.run(speed);
		await director.open();
		return {cluster, startedAt, stop};
	} catch (error) {
		await stop();
		throw error;
	}
}
