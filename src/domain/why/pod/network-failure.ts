import type {K8sEvent} from '../../k8s-event.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';

type NetworkFailure = Omit<Cause, 'sinceAt'>;

/** What an event of the pod's sandbox says: its network, its address, its runtime. kubernetes: kuberuntime_manager.go; containerd's and CNI's words. */
export function networkFailure({reason, message}: K8sEvent): NetworkFailure | undefined {
	const base = {kind: 'network-not-ready', hope: 'doubtful', reason} as const;
	if (reason === 'NetworkNotReady') return {...base, message: "can't start: its node's network is not ready", advice: 'check the network plugin on the node'};
	if (reason !== 'FailedCreatePodSandBox') return undefined;
	const runtime = /no runtime for "([^"]{1,100})" is configured|RuntimeHandler "([^"]{1,100})" not supported/.exec(message);
	if (runtime !== null) {
		const name = shortText(runtime[1] ?? runtime[2] ?? '', 100);
		return {
			...base,
			kind: 'container-cannot-start',
			hope: 'none',
			message: `can't start: its node has no runtime "${name}"`,
			advice: 'check runtimeClassName and the nodes',
		};
	}
	const image = /failed to (?:get|pull) (?:sandbox|pause) image "([^"]{1,200})"/.exec(message)?.[1];
	if (image !== undefined)
		return {
			...base,
			message: `can't start: its node can't pull the sandbox image ${shortText(image, 200)}`,
			advice: 'check that the node reaches its registry',
		};
	if (/no (?:more )?(?:IP|IPs|ip) ?(?:addresses|address)? ?available|failed to assign an IP address|no available IP|ran out of IP/i.test(message))
		return {...base, message: "can't start: the network has no address left for it", advice: 'give the network more addresses, or end other pods'};
	return {...base, message: `can't start: its network is not made: ${cause(message)}`, advice: 'check the network plugin on its node'};
}

// Wrapping that says nothing, and ids that differ from try to try.
function cause(message: string): string {
	const bare = message
		.replace(/^Failed to create pod sandbox: /, '')
		.replace(/^rpc error: code = \w+ desc = /, '')
		.replace(/failed to setup network for sandbox "[^"]*": /, '')
		.replace(/\b[0-9a-f]{40,64}\b/g, '…');
	return shortText(bare, 160);
}
