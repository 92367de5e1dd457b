import {expect, test} from 'vitest';
import {type Crowd, crowdedWorld} from './crowds.ts';
import {isLong, tell} from './rows.ts';
import {misdrawnIn, spoiltState} from './states.ts';

function cpuMs(run: () => void): number {
	const before = process.cpuUsage();
	run();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Reads and draws it, none of its objects spoilt. */
function costOf(crowd: Crowd): number {
	const faults: string[] = [];
	const cost = cpuMs(() =>
		faults.push(
			...misdrawnIn(
				spoiltState(crowdedWorld(crowd), () => 0.99),
				() => 0.75,
			),
		),
	);
	expect(faults).toEqual([]);
	return cost;
}

// Where a run is short, other things than what grows count; a hundredth of a second is no cost.
const leastMs = 10;

test.each<[what: string, of: (factor: number) => Crowd]>([
	['containers in a pod', factor => ({containers: 125 * factor})],
	['labels', factor => ({labels: (isLong ? 2500 : 500) * factor})],
	['bytes of annotations', factor => ({annotationBytes: 64_000 * factor})],
	['ReplicaSets', factor => ({replicaSets: (isLong ? 1250 : 300) * factor})],
	['K8sEvents', factor => ({events: (isLong ? 25_000 : 10_000) * factor})],
])(
	'%s: four times as many cost no more than eight times as much',
	(what, of) => {
		let least = Number.POSITIVE_INFINITY;
		for (let attempt = 0; attempt < 3 && least > 8; attempt += 1) least = Math.min(least, costOf(of(4)) / Math.max(leastMs, costOf(of(1))));
		tell({
			fault: `${JSON.stringify(of(4))}`,
			seen: 'the screen as ever',
			lost: 'nothing',
			ok: least <= 8,
			note: `${what}: four times as many cost ${least.toFixed(1)} times as much`,
		});
		expect(least).toBeLessThanOrEqual(8);
	},
	60_000,
);
