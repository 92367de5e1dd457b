import {readFileSync} from 'node:fs';

type Raw = {readonly kind: string; readonly [field: string]: unknown};
type Recorded = {
	readonly time: string;
	readonly deployment: Raw;
	readonly replicaSets: readonly Raw[];
	readonly pods: readonly Raw[];
	readonly events: readonly Raw[];
};

/** What a real control plane said of a situation at a moment (epoch ms): a file of `fixtures/situations`, its objects as lists. */
export function recordedSituation(file: URL) {
	const {time, deployment, replicaSets, pods, events}: Recorded = JSON.parse(readFileSync(file, 'utf8'));
	return {at: Date.parse(time), deployments: versioned([deployment]), replicaSets: versioned(replicaSets), pods: versioned(pods), events: versioned(events)};
}

/** The recordings leave the versions away. */
function versioned(objects: readonly Raw[]): readonly Raw[] {
	return objects.map((object, index) => ({...object, metadata: {resourceVersion: String(index + 1), ...(object.metadata as object)}}));
}
