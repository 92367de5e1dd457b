import type {Resource} from '../resource.ts';
import {Version} from '../version.ts';

const turned = new WeakMap<Version, Version>();

/** A stored state as one of its resource's versions shows it. */
export function servedVersion({storedAs}: Resource, version: Version): Version {
	if (storedAs === undefined) return version;
	const known = turned.get(version);
	if (known !== undefined) return known;
	const served = new Version(storedAs.fromStorage(version.object), version.revision);
	turned.set(version, served);
	return served;
}
