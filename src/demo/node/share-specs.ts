import type {ApiPod} from './api-pod.ts';
import type {PodSpec} from './pod-spec.ts';

/** As many different specs as a node remembers to recognise an equal one. */
const remembered = 64;

/** Gives pods with equal specs the same one, because thousands of pods come from a few templates. */
export function createSpecSharer(): (pod: ApiPod) => ApiPod {
	const specs = new Map<string, PodSpec>();
	return pod => {
		const {initContainers, containers, restartPolicy, terminationGracePeriodSeconds, readinessGates, nodeName, serviceAccountName} = pod.spec;
		const read = {initContainers, containers, restartPolicy, terminationGracePeriodSeconds, readinessGates, nodeName, serviceAccountName};
		const text = JSON.stringify(read);
		const spec = specs.get(text) ?? (JSON.parse(text) as PodSpec);
		specs.delete(text);
		specs.set(text, spec);
		if (specs.size > remembered) specs.delete(specs.keys().next().value ?? '');
		return {...pod, spec};
	};
}
