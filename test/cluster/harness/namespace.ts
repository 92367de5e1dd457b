import {randomBytes} from 'node:crypto';
import type {ClusterAccess} from './cluster-access.ts';
import {type KubectlOptions, type KubectlResult, mustKubectl} from './kubectl.ts';

/** By this label leftovers are found on clusters that outlive a run. */
const testLabel = 'rollwatch-test';

export interface TestNamespace {
	readonly name: string;
	/** kubectl with `-n NAME`; any exit code is a result. */
	kubectl(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
	/** The same for steps that must succeed; returns the standard output. */
	must(args: readonly string[], options?: KubectlOptions): Promise<string>;
	/** `kubectl apply` of objects. */
	apply(...objects: readonly object[]): Promise<void>;
	/** `kubectl get … -o json`, parsed. The caller knows the kind, so it names the type. */
	get<T>(args: readonly string[]): Promise<T>;
	delete(): Promise<void>;
}

/** A namespace for one test, so that tests can run side by side and see nothing of each other. */
export async function createNamespace({kubectl}: ClusterAccess, topic: string): Promise<TestNamespace> {
	const name = `${topic}-${randomBytes(3).toString('hex')}`;
	const inside = (args: readonly string[]) => ['-n', name, ...args];
	const must: TestNamespace['must'] = (args, options) => mustKubectl(kubectl, inside(args), options);
	const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name, labels: {[testLabel]: topic}}};
	await mustKubectl(kubectl, ['create', '-f', '-'], {input: JSON.stringify(namespace)});
	return {
		name,
		kubectl: (args, options) => kubectl(inside(args), options),
		must,
		async apply(...objects) {
			await must(['apply', '-f', '-'], {input: JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects})});
		},
		get: async args => JSON.parse(await must(['get', ...args, '-o', 'json'])),
		async delete() {
			// The rest of the suite need not wait for the pods' graceful end.
			await mustKubectl(kubectl, ['delete', 'namespace', name, '--wait=false']);
		},
	};
}
