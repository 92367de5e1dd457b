type Tree = Record<string, unknown>;

/** As many texts, and as many parts, as are remembered for sure; up to twice as many are. */
const remembered = 8_192;
/** In characters; longer ones are hardly ever met twice. */
const longestText = 256;
const largestPart = 4_096;
/** Deeper parts stay as they are. */
const deepest = 16;

// One memory for all parts of a cluster: the store, the controllers and the nodes hold the same pods, which are JSON that nobody changes.
const texts = createMemory<string, string>();
const parts = createMemory<number, Tree>();

/**
 * Gives a value's parts, where equal ones came by lately or are in its earlier state, the same place in memory. Thousands of pods come from a
 * few templates, at the same seconds, to the same nodes: nine tenths of their JSON were said before. The value must be plain JSON; its own
 * parts may be exchanged for equal ones. Only the outermost object is always kept.
 */
export function shareJson<Value>(value: Value, before?: unknown): Value {
	return share(value, before, 0) as Value;
}

function share(value: unknown, before: unknown, depth: number): unknown {
	if (value === before) return before;
	if (typeof value === 'string') return value.length > longestText ? value : texts(value, value, known => known === value);
	if (!isTree(value) || depth > deepest) return value;
	const old = isTree(before) && Array.isArray(value) === Array.isArray(before) ? before : undefined;
	const isSame = shareMembers(value, old, depth + 1);
	if (depth === 0) return value;
	if (isSame) return old;
	const text = JSON.stringify(value);
	return text.length > largestPart ? value : parts(hashOf(text), value, known => hasSameMembers(known, value));
}

/** Exchanges members for equal ones. Whether all are those of the earlier value then, in its order. */
function shareMembers(tree: Tree, before: Tree | undefined, depth: number): boolean {
	for (const [key, member] of Object.entries(tree)) {
		const shared = share(member, before !== undefined && Object.hasOwn(before, key) ? before[key] : undefined, depth);
		// Of two equal texts, too, only one is to stay; to `!==` they are the same.
		if (typeof shared === 'string' || shared !== member) tree[key] = shared;
	}
	return before !== undefined && hasSameMembers(before, tree);
}

function hasSameMembers(a: Tree, b: Tree): boolean {
	const keys = Object.keys(a);
	const others = Object.keys(b);
	return Array.isArray(a) === Array.isArray(b) && keys.length === others.length && keys.every((key, index) => key === others[index] && a[key] === b[key]);
}

/** FNV-1a. A number, because the text would cost more than what it saves. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return hash;
}

/** Gives the value that came for a key first, as long as the key comes now and then and the value is as good; else the given one. */
function createMemory<Key, Value>(): (key: Key, value: Value, isEqual: (known: Value) => boolean) => Value {
	let young = new Map<Key, Value>();
	let old = new Map<Key, Value>();
	return (key, value, isEqual) => {
		const known = young.get(key) ?? old.get(key);
		const found = known !== undefined && isEqual(known) ? known : value;
		if (young.get(key) === found) return found;
		if (young.size >= remembered) {
			old = young;
			young = new Map();
		}
		young.set(key, found);
		return found;
	};
}

function isTree(value: unknown): value is Tree {
	return typeof value === 'object' && value !== null;
}
