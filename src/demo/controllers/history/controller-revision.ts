import type {ApiObject} from '../../api-object.ts';
import {asGoWrites} from '../../go-json.ts';
import type {PodTemplate} from '../kinds.ts';
import {sorted, sortedJson} from '../sorted-json.ts';
import {safeText} from '../template-hash.ts';

/** A template in the history of a StatefulSet or DaemonSet. */
export interface ControllerRevision extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly data: RevisionData;
	/** Its number: the highest one is the newest. */
	readonly revision: number;
}

/** What a ControllerRevision holds: a strategic merge patch that puts the template back. */
export interface RevisionData {
	readonly spec: {readonly template: PodTemplate & {readonly $patch: 'replace'}};
}

/** The patch for a template; its keys are in the order in which kubectl writes them, because kubectl compares bytes. */
export function revisionData(template: PodTemplate): RevisionData {
	return sorted({spec: {template: {$patch: 'replace', ...template}}});
}

/** The template that a revision puts back. */
export function templateOf({data}: ControllerRevision): PodTemplate {
	const {$patch: _patch, ...template} = data.spec.template;
	return template;
}

/** Whether two revisions put back the same (kubernetes: controller_history.go EqualRevision). */
export function sameData(left: RevisionData, right: RevisionData): boolean {
	return sortedJson(left) === sortedJson(right);
}

/** Ascending by number, then by age and name (kubernetes: controller_history.go byRevision). */
export function byRevision(left: ControllerRevision, right: ControllerRevision): number {
	return (
		left.revision - right.revision ||
		compare(left.metadata.creationTimestamp, right.metadata.creationTimestamp) ||
		compare(left.metadata.name, right.metadata.name)
	);
}

function compare(left: string, right: string): number {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}

/**
 * The hash by which a StatefulSet's revision is named: fnv32 of the patch's bytes and of how often a name was taken already. Here nothing is Go's own, so
 * the names are upstream's (kubernetes: controller_history.go HashControllerRevision).
 */
export function revisionHash(data: RevisionData, collisionCount: number): string {
	return safeText(fnv32(Buffer.from(asGoWrites(sortedJson(data)) + collisionCount)));
}

/** fnv32 multiplies first, where the fnv32a of template hashes multiplies last. */
function fnv32(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = (Math.imul(hash, 0x01000193) ^ byte) >>> 0;
	return hash;
}
