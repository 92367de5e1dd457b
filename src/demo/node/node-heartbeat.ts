import {type ApiClient, isNotFound} from '../api-client.ts';
import {type Clock, sleep} from '../clock.ts';
import {type NodeFacts, registerNode, reportNode} from './node-object.ts';

interface HeartbeatOptions {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly facts: NodeFacts;
	readonly signal: AbortSignal;
}

/** The kubelet's periods: the lease tells that it lives, the whole status is told seldom. */
const leaseMs = 10_000;
const leaseSeconds = 40;
const statusMs = 300_000;
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

/** Tells as long as the node lives that it does. When the API has forgotten it, it joins again, which a real kubelet does on its next start only. */
export async function keepNodeAlive(options: HeartbeatOptions): Promise<void> {
	const {api, clock, facts, signal} = options;
	let hasLeases = true;
	let reportedAt = clock.now();
	while (!signal.aborted) {
		try {
			if (hasLeases) hasLeases = await renewLease(options);
			await api.send({path: `/api/v1/nodes/${facts.name}`, query: {resourceVersion: '0'}, signal});
			if (clock.now() - reportedAt >= statusMs) {
				await reportNode(api, clock, facts, signal);
				reportedAt = clock.now();
			}
		} catch (error) {
			if (isNotFound(error)) {
				await joinAgain(options);
				hasLeases = true;
			}
			// Whatever else fails is tried again.
		}
		await sleep(clock, leaseMs, signal);
	}
}

/** False where the API has no leases. */
async function renewLease({api, clock, facts: {name}, signal}: HeartbeatOptions): Promise<boolean> {
	const renewTime = new Date(clock.now()).toISOString().replace('Z', '000Z');
	try {
		await api.send({method: 'PATCH', path: `${leases}/${name}`, body: {spec: {renewTime}}, contentType: 'application/merge-patch+json', signal});
		return true;
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
	try {
		const spec = {holderIdentity: name, leaseDurationSeconds: leaseSeconds, renewTime};
		const metadata = {name, namespace: 'kube-node-lease'};
		await api.send({method: 'POST', path: leases, body: {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec}, signal});
		return true;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}

async function joinAgain({api, clock, facts, signal}: HeartbeatOptions): Promise<void> {
	try {
		await registerNode(api, clock, facts, signal);
	} catch {
		// Refused: the next heartbeat asks again.
	}
}
