import {shortText} from '../../short-text.ts';

/** What the scheduler's message says: words that go on after the pod's name, and what to do about the first of them. */
export type SchedulingFailure = {readonly text: string; readonly advice: string};

/** `isElsewhere`: nodes that have another name or labels than the pod wants. */
type Shortage = {readonly nodes: number; readonly text: string; readonly advice: string; readonly isElsewhere: boolean};

const resources = 'lower its requests, add nodes, or scale something down';
const labels = "compare its nodeSelector and affinity with the nodes' labels";
const spread = 'check its affinity and topology rules, or add nodes';
const storage = 'check the persistent volumes and their storage class';

/** kubernetes: pkg/scheduler/framework/plugins, ErrReason… of each; older wordings too. The first match counts; `$1` is its first group. */
const reasons: readonly (readonly [RegExp, string, string])[] = [
	[/^Insufficient ([^\s,]{1,100})$/, 'not enough $1', resources],
	[/^Too many pods$/, 'the limit of pods reached', 'add nodes, or scale something down'],
	[/untolerated taint\(s\)|had taints? that the pod didn't tolerate/, 'a taint that it does not tolerate', 'add a toleration, or remove the taint from a node'],
	[/untolerated taint \{([^:}]{1,200}): ?[^}]*\}|had taint \{([^:}]{1,200}): ?[^}]*\}/, 'taint $1', 'add a toleration, or remove the taint from a node'],
	[/were unschedulable|node\(s\) were cordoned/, 'closed to new pods (cordoned)', 'uncordon a node'],
	[/free ports for the requested pod ports/, 'its host port taken', 'a host port is free once per node: add nodes, or end the pod that has it'],
	[/match Pod's node affinity|match node selector|scheduler-enforced node affinity|requested node name/, 'other labels than it wants', labels],
	[/existing pods anti-affinity|match pod anti-affinity/, 'a pod that it may not be next to', spread],
	[/match pod affinity/, 'no pod that it wants to be next to', spread],
	[/topology spread constraints/, 'too many of its kind already (topology spread)', spread],
	[/PersistentVolume's node affinity|volume node affinity conflict|no available volume zone/, 'out of reach of its volume', storage],
	[/available persistent volumes to bind/, 'no persistent volume for its claim', storage],
	[/enough free storage/, 'not enough free storage', storage],
	[/non-existent pv/, 'no persistent volume behind its claim', storage],
	[/max volume count/, 'the limit of volumes reached', 'add nodes'],
	[/ReadWriteOncePod access mode already in-use/, 'its volume in use by another pod', 'end the pod that has the volume'],
	[/no available disk/, 'its disk in use', storage],
	[/had unknown conditions|not ready|unreachable/, 'not ready', 'check the nodes'],
];

/** A scheduler's message as a sentence: what is missing on how many nodes. kubernetes: pkg/scheduler/framework/types.go FitError. */
export function schedulingFailure(message: string, pinnedTo?: string): SchedulingFailure {
	const found = /^(?:0\/(\d{1,6}) nodes are available|no nodes available to schedule pods)(?::\s*(.*))?$/s.exec(message.slice(0, 4000).trim());
	if (found === null) return {text: `can't be scheduled: ${shortText(message, 200)}`, advice: 'check the pod and the nodes'};
	const nodes = Number(found[1] ?? 0);
	if (nodes === 0) return {text: "can't be scheduled: the cluster has no node for pods", advice: 'add nodes'};
	// What follows the first full stop is about other pods that could be evicted.
	const parts = splitReasons((found[2] ?? '').replace(/\.(?:\s+(?:no new claims|preemption:|Preemption|No preemption).*)?$/s, ''));
	if (/unbound immediate PersistentVolumeClaims/.test(found[2] ?? ''))
		return {text: "can't be scheduled: its PersistentVolumeClaim has no volume yet", advice: storage};
	const shortages = parts.map(part => shortageOf(part, nodes)).toSorted((left, right) => right.nodes - left.nodes);
	if (pinnedTo !== undefined) return ownNodeFailure(pinnedTo, shortages);
	const [first] = shortages;
	if (first === undefined) return {text: `fits on none of ${nodes} nodes`, advice: 'check the pod and the nodes'};
	const where = nodes === 1 ? 'does not fit on the only node: ' : `fits on none of ${nodes} nodes: `;
	return {
		text: shortText(`${where}${shortages.map(({text, nodes: short}) => (nodes === 1 ? text : `${text} on ${short}`)).join(', ')}`, 240),
		advice: first.advice,
	};
}

/** Of a DaemonSet's pod only its own node counts: that the others are others is no reason. */
function ownNodeFailure(node: string, shortages: readonly Shortage[]): SchedulingFailure {
	const own = shortages.filter(({isElsewhere}) => !isElsewhere);
	if (own[0] === undefined) return {text: shortText(`can't be scheduled to its node ${node}: it is gone or does not take pods`, 240), advice: 'check the node'};
	return {text: shortText(`does not fit on its node ${node}: ${own.map(({text}) => text).join(', ')}`, 240), advice: own[0].advice};
}

/** `1 Insufficient cpu, 2 node(s) had …`: a comma within a taint or a name does not part. */
function splitReasons(text: string): readonly string[] {
	return text.split(/, (?=\d+ )/).filter(part => part.trim() !== '');
}

function shortageOf(part: string, nodes: number): Shortage {
	const found = /^(\d{1,6}) (.*)$/s.exec(part.trim());
	const [, count, reason] = found ?? [undefined, String(nodes), part.trim()];
	const isElsewhere = /node affinity|\[NodeAffinity\]|match node selector/.test(reason ?? '');
	for (const [pattern, words, advice] of reasons) {
		const match = pattern.exec(reason ?? '');
		if (match !== null)
			return {
				nodes: Number(count),
				text: shortText(
					words.replace('$1', () => match[1] ?? match[2] ?? ''),
					120,
				),
				advice,
				isElsewhere,
			};
	}
	return {nodes: Number(count), text: shortText(reason ?? '', 100), advice: 'check the pod and the nodes', isElsewhere};
}
