import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {DaemonSet} from '../../src/demo/controllers/daemon-set/daemon-set.ts';
import type {Pod} from '../../src/demo/controllers/kinds.ts';
import type {StatefulSet} from '../../src/demo/controllers/stateful-set/stateful-set.ts';
import {hasPodNetwork} from './harness/node.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {normalised, type Output} from './kubectl/normalise-output.ts';
import {embeddedSide, realSide, type Side} from './kubectl/two-sides.ts';
import {typeStep} from './kubectl/type-step.ts';
import {restOf} from './sets/rest.ts';
import {type SetStep, setSteps} from './sets/steps.ts';
import {type SetTrace, traceSets} from './sets/trace.ts';

const namespace = 'sets-side-by-side';
/** Above the numbers of other tests' nodes. */
const nodeNumbers = [21, 22, 23];

interface TracedSide {
	readonly side: Side;
	readonly trace: SetTrace;
}

describe.runIf(isOwnCluster() && hasPodNetwork())('StatefulSets and DaemonSets behave in the embedded cluster as in the real one', () => {
	let sides: readonly TracedSide[] = [];
	beforeAll(async () => {
		const started = await Promise.all([realSide(nodeNumbers), embeddedSide(suiteCluster().kubectlProgram, nodeNumbers)]);
		sides = await Promise.all(
			started.map(async side => {
				await side.kubectl(['create', 'namespace', namespace]);
				return {side, trace: await traceSets(side.api, namespace)};
			}),
		);
	}, 120_000);
	afterAll(() =>
		both(async ({side, trace}) => {
			await trace.stop();
			await side.stop();
		}),
	);

	const both = <T>(act: (side: TracedSide) => Promise<T>): Promise<T[]> => Promise.all(sides.map(act));

	describe.each(Object.entries(setSteps))('%s', (_topic, steps) => {
		test.for(steps.map(step => [step.line, step] as const))('%s', {timeout: 60_000}, async ([, step]) => {
			const [real, embedded] = await both(({side}) => typeStep(side, step, namespace)).then(outputs =>
				outputs.map(output => placeless(normalised(output, namespace, step.unordered === true))),
			);
			if (step.quiet === true) expect(embedded?.code).toBe(real?.code);
			else expect(embedded).toEqual(real);
			if (step.until === undefined) return;
			await both(({side}) => rested(side, step.until));
			const [expected, actual] = await both(async ({trace}) => trace.take(step.isParallel === true));
			expect(actual).toEqual(expected);
		});
	});
});

/** Of nodes that are equally good the scheduler takes any. */
function placeless({stdout, stderr, code}: Output): Output {
	const [out = '', error = ''] = [stdout, stderr].map(text => text.replaceAll(/\bnode-2[123]\b/g, 'NODE'));
	return {stdout: out, stderr: error, code};
}

async function rested(side: Side, until: SetStep['until']): Promise<void> {
	interface List {
		readonly items: readonly (StatefulSet | DaemonSet | Pod)[];
	}
	const unrest = async () => {
		const {stdout} = await side.kubectl(['-n', namespace, 'get', 'sts,ds,pods', '-o', 'json']);
		if (until === undefined || until === 'all') return restOf((JSON.parse(stdout) as List).items);
		const [pod, status] = until;
		const shown = (await side.kubectl(['-n', namespace, 'get', 'pod', pod, '--no-headers'])).stdout;
		return shown.includes(status) ? '' : shown;
	};
	await expect.poll(unrest, {timeout: 45_000, interval: 300}).toBe('');
}
