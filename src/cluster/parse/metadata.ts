import type {JsonObject} from '../../domain/json.ts';
import {isRawObject, objectOf, objectsOf, textMapOf, textOf, timeOf} from './fields.ts';
import {share} from './share.ts';

/** What every object of ours has. `managedFields` and the rest of the metadata end here. */
export type Metadata = {
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	readonly createdAt: number | undefined;
	readonly deletedAt: number | undefined;
	readonly ownerUid: string | undefined;
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
};

/** An API object with usable metadata, or undefined: without a uid and a name nothing can be followed. */
export function parseMetadata(raw: unknown): {readonly object: JsonObject; readonly metadata: Metadata} | undefined {
	if (!isRawObject(raw)) return undefined;
	const metadata = objectOf(raw.metadata);
	const uid = textOf(metadata.uid);
	const name = textOf(metadata.name);
	if (uid === undefined || name === undefined) return undefined;
	const owner = objectsOf(metadata.ownerReferences).find(({controller}) => controller === true);
	return {
		object: raw,
		metadata: {
			uid,
			name,
			namespace: textOf(metadata.namespace) ?? '',
			resourceVersion: textOf(metadata.resourceVersion) ?? '',
			createdAt: timeOf(metadata.creationTimestamp),
			deletedAt: timeOf(metadata.deletionTimestamp),
			ownerUid: textOf(owner?.uid),
			labels: share(textMapOf(metadata.labels)),
			annotations: textMapOf(metadata.annotations),
		},
	};
}
