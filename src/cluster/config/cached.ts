export type Cached<T> = {get(): Promise<T>; forget(): void};

/**
 * A value that is kept until `expiresAt` (epoch ms) or until it is forgotten. Concurrent callers wait for one making; a failure is told again to all who
 * ask within `failureMs`, then it is made again.
 */
export function createCached<T>(make: () => Promise<T>, expiresAt: (value: T) => number, now: () => number, failureMs = 0): Cached<T> {
	type Making = {readonly value: Promise<T>; goodUntil: number; failedAt: number | undefined};
	let current: Making | undefined;
	const isGood = ({goodUntil, failedAt}: Making) => {
		if (failedAt === undefined) return now() < goodUntil;
		// Either way, should the clock be put back meanwhile.
		return Math.abs(now() - failedAt) < failureMs;
	};
	return {
		async get() {
			if (current !== undefined && isGood(current)) return current.value;
			const making: Making = {value: make(), goodUntil: Number.POSITIVE_INFINITY, failedAt: undefined};
			current = making;
			try {
				const value = await making.value;
				making.goodUntil = expiresAt(value);
				return value;
			} catch (error) {
				making.failedAt = now();
				throw error;
			}
		},
		forget() {
			current = undefined;
		},
	};
}
