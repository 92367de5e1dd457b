import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasPodNetwork} from './harness/node.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {normalised} from './kubectl/normalise-output.ts';
import {steps} from './kubectl/steps.ts';
import {embeddedSide, realSide, type Side} from './kubectl/two-sides.ts';
import {typeStep} from './kubectl/type-step.ts';

const namespace = 'kubectl-side-by-side';

describe.runIf(isOwnCluster() && hasPodNetwork())('kubectl cannot tell the embedded cluster from the real one', () => {
	let sides: readonly Side[] = [];
	beforeAll(async () => {
		sides = await Promise.all([realSide(), embeddedSide(suiteCluster().kubectlProgram)]);
		await both(side => side.kubectl(['create', 'namespace', namespace]));
	}, 120_000);
	afterAll(() => both(side => side.stop()));

	const both = <T>(act: (side: Side) => Promise<T>): Promise<T[]> => Promise.all(sides.map(act));

	test.for(steps.map(step => [step.asViewer ? `${step.line} (as one who may only look)` : step.line, step] as const))('%s', async ([, step]) => {
		const [real, embedded] = (await both(side => typeStep(side, step, namespace))).map(output => normalised(output, namespace, step.unordered === true));
		if (step.settle !== undefined) await both(side => settled(side, step.settle ?? 0));
		if (step.quiet === true) expect(embedded?.code).toBe(real?.code);
		else expect(embedded).toEqual(real);
	});

	test('get pods -w shows the same changes of a pod', async () => {
		const input = JSON.stringify({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'watched'},
			spec: {terminationGracePeriodSeconds: 1, containers: [{name: 'a', image: 'nginx'}]},
		});
		const seen = await both(async side => {
			const lines: string[] = [];
			const stop = new AbortController();
			const waiting = input.replace('watched', 'waiting').replace('"spec":{', '"spec":{"nodeName":"nowhere",');
			await side.kubectl(['-n', namespace, 'create', '-f', '-'], {input: waiting});
			const watching = side.kubectl(['-n', namespace, 'get', 'pods', '-w'], {
				signal: stop.signal,
				onLine: line =>
					lines.push(
						line
							.trimEnd()
							.replaceAll(/\b\d+s\b/g, 'AGE')
							.replaceAll(/ {2,}/g, '  '),
					),
			});
			// What is there already is shown as soon as the watch has begun.
			await expect.poll(() => lines.length, {timeout: 30_000}).toBeGreaterThan(1);
			await side.kubectl(['-n', namespace, 'create', '-f', '-'], {input});
			await side.kubectl(['-n', namespace, 'wait', '--for=condition=Ready', 'pod/watched']);
			await side.kubectl(['-n', namespace, 'delete', 'pod', 'watched']);
			stop.abort();
			await watching;
			return [...new Set(lines)];
		});
		expect(seen[1]).toEqual(seen[0]);
		expect(seen[0]?.length).toBeGreaterThan(3);
	});
});

/** Waits until the namespace rests, so that both sides show the same state. */
async function settled(side: Side, count: number): Promise<void> {
	const path = '{range .items[*]}{.metadata.deletionTimestamp}/{.status.conditions[?(@.type=="Ready")].status} {end}';
	await expect
		.poll(
			async () => {
				const {stdout} = await side.kubectl(['-n', namespace, 'get', 'pods', '-o', `jsonpath=${path}`]);
				const deployments = await side.kubectl([
					'-n',
					namespace,
					'get',
					'deployments',
					'-o',
					'jsonpath={range .items[*]}{.metadata.generation}/{.status.observedGeneration}/{.status.conditions[?(@.type=="Progressing")].reason} {end}',
				]);
				const isDone = deployments.stdout
					.trim()
					.split(' ')
					.every(each => {
						const [generation, observed, reason] = each.split('/');
						return generation === observed && (reason === undefined || reason === 'NewReplicaSetAvailable');
					});
				return isDone &&
					stdout
						.trim()
						.split(' ')
						.every(each => each === '/True')
					? stdout.trim().split(' ').length
					: -1;
			},
			{timeout: 40_000, interval: 300},
		)
		.toBe(count);
}
