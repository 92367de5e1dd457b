const deploymentNames = new Set(['deploy', 'deployment', 'deployments', 'deployment.apps', 'deployments.apps', 'deployment.v1.apps', 'deployments.v1.apps']);
const serviceNames = new Set(['svc', 'service', 'services']);

/** Kinds that kubectl can roll and that this release can't follow yet. */
const laterKinds = new Set(['sts', 'statefulset', 'statefulsets', 'ds', 'daemonset', 'daemonsets', 'rollout', 'rollouts']);

/** What the positional arguments name: a workload, a Service with all that stands behind it, or (no name) the picker. */
export type WorkloadReference = {readonly kind: 'Deployment'; readonly name: string | undefined} | {readonly kind: 'Service'; readonly name: string};

/**
 * Reads `TYPE/NAME`, `TYPE NAME`, `TYPE` or a Deployment's bare `NAME`, the way kubectl takes them.
 * Gives a sentence where it names nothing that can be followed.
 */
export function parseWorkloadReference(words: readonly string[]): WorkloadReference | {readonly error: string} {
	const [first, second, ...rest] = words;
	if (first === undefined) return {kind: 'Deployment', name: undefined};
	if (rest.length > 0) return {error: `expected one workload, got ${words.length} words (${words.join(' ')}): give TYPE/NAME`};
	if (first.includes('/')) return second === undefined ? parseSlashed(first) : {error: `expected one workload, got \`${first}\` and \`${second}\``};
	if (deploymentNames.has(first.toLowerCase())) return {kind: 'Deployment', name: second};
	if (serviceNames.has(first.toLowerCase())) return second === undefined ? {error: 'name the Service: svc/NAME'} : {kind: 'Service', name: second};
	if (laterKinds.has(first.toLowerCase())) return {error: notYet(first)};
	if (second !== undefined) return {error: unknownKind(first)};
	return {kind: 'Deployment', name: first};
}

function parseSlashed(text: string): WorkloadReference | {readonly error: string} {
	const [type = '', name = '', ...rest] = text.split('/');
	if (name === '' || rest.length > 0) return {error: `expected TYPE/NAME, got \`${text}\``};
	if (deploymentNames.has(type.toLowerCase())) return {kind: 'Deployment', name};
	if (serviceNames.has(type.toLowerCase())) return {kind: 'Service', name};
	return {error: laterKinds.has(type.toLowerCase()) ? notYet(type) : unknownKind(type)};
}

const followed = 'this release follows Deployments (deploy/NAME) and Services (svc/NAME)';
const notYet = (type: string) => `\`${type}\` can't be followed yet: ${followed}`;
const unknownKind = (type: string) => `unknown kind \`${type}\`: ${followed}`;
