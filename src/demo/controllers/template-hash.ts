import type {PodTemplate} from './kinds.ts';
import {sortedJson} from './sorted-json.ts';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The hash of a pod template, as ReplicaSets are named by it: fnv32a. Upstream hashes a dump of Go's memory, which only Go has; ours hashes the JSON
 * with sorted keys, so the names look alike and are others (kubernetes: controller_utils.go ComputeHash).
 */
export function templateHash(template: PodTemplate, collisionCount: number | undefined): string {
	const count = Buffer.alloc(collisionCount === undefined ? 0 : 8);
	if (collisionCount !== undefined) count.writeUInt32LE(collisionCount);
	const bytes = Buffer.concat([Buffer.from(sortedJson(template)), count]);
	return safeText(fnv32a(bytes));
}

/** A hash as names have it: each decimal digit written as a letter that makes no words (apimachinery: rand.SafeEncodeString). */
export function safeText(hash: number): string {
	return [...String(hash)].map(digit => alphabet[digit.charCodeAt(0) % alphabet.length]).join('');
}

function fnv32a(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash;
}
