/** What kubectl printed, and how it ended. */
export interface Output {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number;
}

// Everything that legally differs between two clusters in which the same was done is named here, and nowhere else.
const replaced: readonly (readonly [RegExp, string])[] = [
	// What was rolled by dice: uids, suffixes of names, the hash of a template (Go's cannot be had here), addresses of Services.
	[/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID'],
	[/\b([a-z][a-z0-9-]*?)-[bcdf0-9gh-jk-np-tv-xz]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1-HASH-RANDOM'],
	[/\b(kubia|nginx|once|crash|two|agent)-(?=[a-z0-9]*\d)[bcdfghjklmnpqrstvwxz2-9]{6,10}(?![a-z0-9])/g, '$1-HASH'],
	[/((?:pod-template|controller-revision)-hash[=:]\s*"?)[a-z0-9]{6,10}/g, '$1HASH'],
	[/\b(kubia|nginx|agent)-[a-z0-9]{5}\b/g, '$1-RANDOM'],
	[/\b\d{1,3}(\.\d{1,3}){3}(:\d+(?= kube-probe))?/g, 'IP'],
	[/\bcontainerd:\/\/[0-9a-f]{64}\b/g, 'containerd://ID'],
	[/\.[0-9a-f]{16}\b/g, '.EVENT'],
	[/\bdefault-scheduler-[\w-]+/g, 'default-scheduler-HOST'],
	// How long it took, and when it was.
	[/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME'],
	[/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, 'DATE'],
	[/\b(\d+(\.\d+)?(ms|[smhdy]))+\b/g, 'AGE'],
	[/(resourceVersion"?: "?|Resource ?Version:\s*)\d+/g, '$1RV'],
	// Of two pods that start together one pulls, and the other one may find the image there already.
	[
		/(Successfully pulled|Container) image ("[^"]+") (in AGE \(AGE including waiting\)\. Image size: \d+ bytes\.|already present .* by the pod)/g,
		'image $2 is there',
	],
	// Of many events of a kind, how many come within a moment and which one is told last is chance.
	[/\(combined from similar events\): (?!Scaled)/g, ''],
	[/\(combined from similar events\): Scaled .*/g, '(combined from similar events)'],
	// Only a large cluster needs to tell its kubelets how long they may remember: no controller of ours does.
	[/^(Annotations: +)node\.alpha\.kubernetes\.io\/ttl: 0$/gm, '$1<none>'],
	// The real API server checks its addresses of Services every few minutes, and may meet one that is just being given.
	[/^Events:\n +Type .*\n +-+ .*\n +Warning +ClusterIPNotAllocated .*$/gm, 'Events:  <none>'],
	// How often the same was seen depends on who looked when.
	[/ \(x\d+ over AGE\)/g, ''],
];

/** Lines that are there on one side only, with the reason. */
const oneSided: readonly RegExp[] = [
	// The real API server has an object of its own in the default namespace, and what the controller manager puts into each namespace.
	/^(default|NAMESPACE)?\s*(service\/)?kubernetes\b/,
	/\bkube-root-ca\.crt\b/,
	/^\s*(kind-of-)?(default|kube-[a-z-]+) +(configmap|serviceaccount)/,
	/\bClusterIPNotAllocated\b/,
	// How the real API server stores it is nobody's business, but kubectl's JSON shows it.
	/^\s*"?(managedFields|selfLink)"?:/,
];

/** A table's rows come by name, and names were rolled by dice; so they are sorted here. */
function normalisedText(text: string, namespace: string): string {
	let all = text.replaceAll(namespace, 'NAMESPACE');
	for (const [pattern, replacement] of replaced) all = all.replaceAll(pattern, replacement);
	// Columns are as wide as their widest cell, and a hash has eight to ten letters.
	const lines = all.split('\n').map(line => line.replace(/(?<=\S) {2,}/g, '  ').trimEnd());
	return lines.filter(line => !oneSided.some(pattern => pattern.test(line))).join('\n');
}

/** Output as it must be the same on both sides. `sort`: the order of lines says nothing. */
export function normalised({stdout, stderr, code}: Output, namespace: string, sort: boolean): Output {
	const inOrder = (text: string) => (sort ? [...new Set(text.split('\n').sort())].join('\n') : text);
	return {stdout: inOrder(normalisedText(stdout, namespace)), stderr: inOrder(normalisedText(stderr, namespace)), code};
}
