import {describe, expect, test} from 'vitest';
import {hasArgo} from './harness/argo-controller.ts';
import {suiteCluster} from './harness/suite-cluster.ts';
import {type ArgoSide, imageOf, openArgoSide, rolloutName} from './scenarios/argo.ts';
import {recordedRequests} from './scenarios/argo-recordings.ts';
import {comparableRequest} from './scenarios/comparable-request.ts';

const cluster = suiteCluster();

/** Has the plugin do what it did in a recording, and insists that it sends the same. */
async function repeat(side: ArgoSide, recording: string, did: string, ...args: readonly string[]): Promise<void> {
	const {code, stderr} = await side.plugin(...args);
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	const {name} = side.namespace;
	const sent = side.sent().map(request => comparableRequest(request, name));
	const recorded = recordedRequests(recording, did, name);
	expect(sent).toEqual(recorded.map(({path, body, ...rest}) => comparableRequest({...rest, url: path, body: JSON.stringify(body)}, name)));
}

describe.runIf(hasArgo())('the real Argo Rollouts controller', () => {
	test('takes a canary through its steps as it was recorded', async () => {
		const side = await openArgoSide(cluster, 'argo-canary');
		await side.ship('v2');
		const paused = await side.untilPausedAt(1);
		expect(paused.status).toMatchObject({message: 'CanaryPauseStep', updatedReplicas: 1, pauseConditions: [{reason: 'CanaryPauseStep'}]});
		await repeat(side, 'argo-canary', 'promote', 'promote', rolloutName);
		await side.untilPausedAt(3);
		// The second pause ends by itself.
		const healthy = await side.untilHealthy('v2');
		expect(healthy.status?.stableRS).toBe(healthy.status?.currentPodHash);
	});

	test('aborts without rolling back, until the template is taken back', async () => {
		const side = await openArgoSide(cluster, 'argo-abort-undo');
		await side.ship('v2');
		await side.untilPausedAt(1);
		await repeat(side, 'argo-abort-undo', 'abort', 'abort', rolloutName);
		const aborted = await side.until('degraded', ({status}) => status?.phase === 'Degraded');
		expect(aborted.spec.template?.spec.containers[0]?.image).toBe(imageOf('v2'));
		expect(aborted.status).toMatchObject({abort: true, currentStepIndex: 0});
		await repeat(side, 'argo-abort-undo', 'undo', 'undo', rolloutName);
		await side.untilHealthy('v1');
	});
});
