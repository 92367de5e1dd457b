/** An object without what differs in every cluster, or from one second to the next: names that were made up, uids, versions, times, addresses, nodes. */
export function plain(value: unknown, namespace: string): unknown {
	if (Array.isArray(value)) return value.map(item => plain(item, namespace));
	if (typeof value === 'string') return plainText(value, namespace);
	if (typeof value !== 'object' || value === null) return value;
	const kept = Object.entries(value).filter(([key, item]) => !(leftOut.has(key) || (key === 'annotations' && isOnlyTrigger(item))));
	return Object.fromEntries(
		kept
			.map(([key, item]) => [plainText(key, namespace), plain(key === 'conditions' ? byType(item) : item, namespace)])
			.toSorted(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
	);
}

/** Conditions are a map by type (Kubernetes: listType=map); the one that changed last stands last, and which one that is hangs on which pod was seen first. */
function byType(conditions: unknown): unknown {
	return Array.isArray(conditions) ? conditions.toSorted((left, right) => (left.type < right.type ? -1 : 1)) : conditions;
}

const leftOut = new Set([
	'uid',
	'resourceVersion',
	'managedFields',
	'generation',
	'observedGeneration',
	'clusterIP',
	'clusterIPs',
	'kubectl.kubernetes.io/last-applied-configuration',
]);

/** Whether an endpoint object's last write was told a time hangs on whether two pods became ready in the same second. */
function isOnlyTrigger(annotations: unknown): boolean {
	return Object.keys(annotations as object).every(key => key === 'endpoints.kubernetes.io/last-change-trigger-time');
}

/** Words such as a namespace, a hash or an address stand for themselves no more. */
export function plainText(text: string, namespace: string): string {
	return text
		.replaceAll(namespace, 'NAMESPACE')
		.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
		.replaceAll(/-[4-9bcdf]{6,10}(?=-|\b)/g, '-HASH')
		.replaceAll(/(?<=-HASH)-[a-z0-9]{5}\b/g, '-POD')
		.replaceAll(/^[4-9bcdf]{8,10}$/g, 'HASH')
		.replaceAll(/10\.244\.\d+\.\d+/g, 'ADDRESS')
		.replaceAll(/\bnode-\d+\b/g, 'NODE')
		.replaceAll(/\b(0\/)?\d+(?= (nodes? are available|node\(s\)|Insufficient|Too many|Preemption|No preemption))/g, 'N');
}
