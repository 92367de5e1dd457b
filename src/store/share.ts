/**
 * The new value, made of the old one's parts wherever they are equal; the old one itself when all is equal.
 * Views are rebuilt from state, and identity is the screen's only test for "did it change?".
 */
export function share<T>(before: unknown, after: T): T {
	if (Object.is(before, after)) return after;
	if (Array.isArray(before) && Array.isArray(after)) return shareArray(before, after) as T;
	if (isPlain(before) && isPlain(after)) return shareObject(before, after) as T;
	return after;
}

function shareArray(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
	if (isOfApi(after[0])) return shareList(before, after);
	let same = before.length === after.length;
	const shared = after.map((item, index) => {
		const kept = share(before[index], item);
		if (!Object.is(kept, before[index])) same = false;
		return kept;
	});
	return same ? before : shared;
}

/** The list before, where the new one has the very same items; nothing is looked for inside of them. */
export function shareList<T>(before: readonly T[], after: readonly T[]): readonly T[] {
	return before.length === after.length && after.every((item, index) => item === before[index]) ? before : after;
}

function shareObject(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
	const keys = Object.keys(after);
	let same = keys.length === Object.keys(before).length;
	const shared: Record<string, unknown> = {};
	for (const key of keys) {
		const kept = share(before[key], after[key]);
		if (!Object.is(kept, before[key]) || !Object.hasOwn(before, key)) same = false;
		shared[key] = kept;
	}
	return same ? before : shared;
}

/** An object of the API is one and the same or another one: put together from two, nobody would know it again by its identity. */
function isOfApi(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'resourceVersion' in value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && !isOfApi(value);
}

/**
 * A function of some inputs that is run again only when one of them is another object, and whose parts keep their identity. `keep`: how, where another way than
 * `share` is cheaper.
 */
export function memoised<Inputs extends readonly unknown[], Result>(
	compute: (...inputs: Inputs) => Result,
	keep: (before: Result, after: Result) => Result = share,
): (...inputs: Inputs) => Result {
	let last: {readonly inputs: Inputs; readonly result: Result} | undefined;
	return (...inputs) => {
		const known = last;
		if (known?.inputs.every((input, index) => Object.is(input, inputs[index])) === true) return known.result;
		const fresh = compute(...inputs);
		const result = known === undefined ? fresh : keep(known.result, fresh);
		last = {inputs, result};
		return result;
	};
}
