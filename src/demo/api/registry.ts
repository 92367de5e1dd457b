import type {Resource} from './resource.ts';

/** What is served: the built-in kinds, and those that CustomResourceDefinitions add. */
export class Registry {
	readonly #resources = new Map<string, Resource>();

	constructor(builtIn: readonly Resource[]) {
		for (const resource of builtIn) this.add(resource);
	}

	/** By path: group ('' is core), version and plural. */
	find(group: string, version: string, plural: string): Resource | undefined {
		return this.#resources.get(`${group}/${version}/${plural}`);
	}

	/** By what objects say of themselves, as in owner references. */
	findKind(apiVersion: string, kind: string): Resource | undefined {
		return this.all().find(
			resource => resource.kind === kind && (resource.group === '' ? resource.version : `${resource.group}/${resource.version}`) === apiVersion,
		);
	}

	all(): readonly Resource[] {
		return [...this.#resources.values()];
	}

	add(resource: Resource): void {
		this.#resources.set(`${resource.group}/${resource.version}/${resource.plural}`, resource);
	}

	remove({group, version, plural}: Resource): void {
		this.#resources.delete(`${group}/${version}/${plural}`);
	}
}
