import {isOlder} from '../resource-version.ts';

/** Deletions that are remembered: an event that comes late, after that of its object's end, comes soon after it. */
const mostGone = 200;

/** What a stream knows of its objects' versions. */
export type KnownVersions = {
	/** How many objects there are. */
	readonly size: number;
	/** What was listed is true, whatever was known before. */
	replace(objects: readonly {readonly uid: string; readonly resourceVersion: string}[]): void;
	/** Whether an event is news, and not a state from before the one that is known. Takes note of it. */
	isNews(uid: string, version: string | undefined, isGone: boolean): boolean;
};

/** Sorts out events that come twice or too late: an older state of an object never replaces a newer one, and what is gone does not come back. */
export function createKnownVersions(): KnownVersions {
	let known = new Map<string, string>();
	const gone = new Map<string, string>();
	function forget(uid: string, version: string): void {
		known.delete(uid);
		gone.set(uid, version);
		const [oldest] = gone.keys();
		if (gone.size > mostGone && oldest !== undefined) gone.delete(oldest);
	}
	return {
		get size() {
			return known.size;
		},
		replace(objects) {
			known = new Map(objects.map(({uid, resourceVersion}) => [uid, resourceVersion]));
			gone.clear();
		},
		isNews(uid, version, isGone) {
			if (version === undefined) return true;
			const before = known.get(uid) ?? gone.get(uid);
			if (before !== undefined && isOlder(version, before) === true) return false;
			if (!isGone && gone.get(uid) === version) return false;
			if (isGone) forget(uid, version);
			else {
				gone.delete(uid);
				known.set(uid, version);
			}
			return true;
		},
	};
}
