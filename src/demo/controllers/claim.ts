import type {ApiClient} from '../api-client.ts';
import {isNotFound} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';
import type {LabelSelector} from './kinds.ts';
import {controllerOf, controllerReference} from './owners.ts';
import {selects} from './selectors.ts';

/** Who claims, and how. */
export interface Claimant {
	readonly owner: ApiObject;
	readonly selector: LabelSelector;
	/** What more than its labels makes an object the owner's. */
	readonly isMember?: (object: ApiObject) => boolean;
	readonly api: ApiClient;
	/** The path of the owner itself, and that of one of the objects. */
	readonly ownerPath: string;
	readonly pathOf: (object: ApiObject) => string;
}

/**
 * Those of the objects that are the owner's: it adopts what nobody manages and its selector means, and lets go what its selector does not mean any
 * more (kubernetes: controller_ref_manager.go). Throws what the API says to that.
 */
export async function claim<T extends ApiObject>(objects: Iterable<T>, claimant: Claimant): Promise<readonly T[]> {
	const claimed: T[] = [];
	// Almost always there is nothing to ask of the API, and thousands of objects.
	for (const object of objects) {
		const due = whatIsDue(object, claimant);
		if (due === 'release') await release(object, claimant);
		else if (due === 'keep' || (due === 'adopt' && (await adopt(object, claimant)))) claimed.push(object);
	}
	return claimed;
}

function whatIsDue(object: ApiObject, {owner, selector, isMember}: Claimant): 'keep' | 'adopt' | 'release' | 'ignore' {
	const {metadata} = object;
	const manager = controllerOf(object);
	const isMeant = selects(selector, metadata.labels) && isMember?.(object) !== false;
	if (manager !== undefined && manager.uid !== owner.metadata.uid) return 'ignore';
	if (manager !== undefined && isMeant) return 'keep';
	if (owner.metadata.deletionTimestamp !== undefined) return 'ignore';
	if (manager !== undefined) return 'release';
	return isMeant && metadata.deletionTimestamp === undefined ? 'adopt' : 'ignore';
}

/** The watch may be late: the owner itself is asked whether it is still there. */
async function adopt(object: ApiObject, {owner, api, ownerPath, pathOf}: Claimant): Promise<boolean> {
	const fresh = (await api.send({path: ownerPath})) as ApiObject;
	if (fresh.metadata.uid !== owner.metadata.uid) throw new Error(`${owner.kind} ${owner.metadata.name} is gone: another one has its name`);
	if (fresh.metadata.deletionTimestamp !== undefined) throw new Error(`${owner.kind} ${owner.metadata.name} is being deleted`);
	return patchOwners(api, pathOf(object), {ownerReferences: [controllerReference(owner)], uid: object.metadata.uid});
}

async function release(object: ApiObject, {owner, api, pathOf}: Claimant): Promise<void> {
	await patchOwners(api, pathOf(object), {ownerReferences: [{$patch: 'delete', uid: owner.metadata.uid}], uid: object.metadata.uid});
}

/** False when the object is gone. */
async function patchOwners(api: ApiClient, path: string, metadata: object): Promise<boolean> {
	try {
		await api.send({method: 'PATCH', path, body: {metadata}, contentType: 'application/strategic-merge-patch+json'});
		return true;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}
