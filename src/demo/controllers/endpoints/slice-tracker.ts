import type {ApiObject} from '../../api-object.ts';

/** Which generation of each slice was written last, to tell one's own changes in the watch from others' (kubernetes: EndpointSliceTracker). */
export interface SliceTracker {
	readonly wrote: (service: string, slice: ApiObject) => void;
	readonly removes: (service: string, uid: string) => void;
	/** Whether slices lack what was written to them, or some that were made are not among them yet. */
	readonly isBehind: (service: string, slices: readonly ApiObject[]) => boolean;
	/** Whether a slice has changed by somebody else's hand. */
	readonly isNews: (service: string, slice: ApiObject) => boolean;
	/** The slice is gone; whether somebody else removed it. */
	readonly lost: (service: string, uid: string) => boolean;
	readonly forget: (service: string) => void;
}

const toBeRemoved = -1;

/** Nothing was written. */
export function createSliceTracker(): SliceTracker {
	const services = new Map<string, Map<string, number>>();
	const put = (service: string, uid: string, generation: number) => {
		const slices = services.get(service) ?? new Map<string, number>();
		services.set(service, slices.set(uid, generation));
	};
	return {
		wrote: (service, {metadata}) => put(service, metadata.uid, metadata.generation ?? 0),
		removes: (service, uid) => put(service, uid, toBeRemoved),
		isBehind(service, slices) {
			const written = services.get(service);
			if (written === undefined) return false;
			const known = new Map(slices.map(({metadata}) => [metadata.uid, metadata.generation ?? 0]));
			for (const [uid, generation] of written) {
				const seen = known.get(uid);
				if (generation === toBeRemoved ? seen !== undefined : seen === undefined || seen < generation) return true;
			}
			return false;
		},
		isNews(service, {metadata}) {
			const written = services.get(service)?.get(metadata.uid);
			return written === undefined || (metadata.generation ?? 0) > written;
		},
		lost(service, uid) {
			const written = services.get(service)?.get(uid);
			services.get(service)?.delete(uid);
			return written !== undefined && written !== toBeRemoved;
		},
		forget: service => services.delete(service),
	};
}
