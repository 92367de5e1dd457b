/** More workloads than stand behind one Service; each that is remembered keeps its ReplicaSets and pods in memory. */
const most = 50;

/** Gives for each name what was made for it, a cache. Names come and go for days: what was not asked for among the last fifty is made anew. */
export function keepLast<Name, Value>(make: () => Value): (name: Name) => Value {
	const known = new Map<Name, Value>();
	return name => {
		const value = known.get(name) ?? make();
		// Those that were asked for last stand last.
		known.delete(name);
		known.set(name, value);
		if (known.size > most) for (const oldest of [...known.keys()].slice(0, known.size - most)) known.delete(oldest);
		return value;
	};
}
