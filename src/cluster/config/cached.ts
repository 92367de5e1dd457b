export type Cached<T> = {get(): Promise<T>; forget(): void};

/** A value that is kept until `expiresAt` (epoch ms) or until it is forgotten. Concurrent callers wait for one making; a failed one is not kept. */
export function createCached<T>(make: () => Promise<T>, expiresAt: (value: T) => number, now: () => number): Cached<T> {
	let current: {readonly value: Promise<T>; goodUntil: number} | undefined;
	return {
		async get() {
			if (current !== undefined && now() < current.goodUntil) return current.value;
			const making = {value: make(), goodUntil: Number.POSITIVE_INFINITY};
			current = making;
			try {
				const value = await making.value;
				making.goodUntil = expiresAt(value);
				return value;
			} catch (error) {
				if (current === making) current = undefined;
				throw error;
			}
		},
		forget() {
			current = undefined;
		},
	};
}
