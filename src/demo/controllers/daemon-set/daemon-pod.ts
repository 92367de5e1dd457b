import type {Pod, PodSpec, PodTemplate, Toleration} from '../kinds.ts';
import type {DaemonSet} from './daemon-set.ts';

/** What a pod was made from, as its set's history names it. */
export const revisionLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';
const generationAnnotation = 'deprecated.daemonset.template.generation';

const stays = ['not-ready', 'unreachable'];
const comes = ['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'];

/** What every pod of a DaemonSet puts up with: trouble of the node is no reason to leave it (kubernetes: daemonset_util.go). */
export function daemonTolerations({tolerations = [], hostNetwork}: PodSpec & {readonly hostNetwork?: boolean}): readonly Toleration[] {
	const own: readonly Toleration[] = [
		...stays.map(name => tolerate(name, 'NoExecute')),
		...[...comes, ...(hostNetwork === true ? ['network-unavailable'] : [])].map(name => tolerate(name, 'NoSchedule')),
	];
	const same = (toleration: Toleration) => (other: Toleration) => key(other) === key(toleration);
	return [...tolerations.map(toleration => own.find(same(toleration)) ?? toleration), ...own.filter(toleration => !tolerations.some(same(toleration)))];
}

function tolerate(name: string, effect: string): Toleration {
	return {key: `node.kubernetes.io/${name}`, operator: 'Exists', effect};
}

function key({key: name, effect, operator, value}: Toleration): string {
	return JSON.stringify([name, effect, operator, value ?? '']);
}

/** The template of a pod for one node, of the revision with this hash (kubernetes: daemonset_util.go CreatePodTemplate). */
export function daemonTemplate({spec: {template}, metadata}: DaemonSet, node: string, hash: string): PodTemplate {
	const generation = generationOf(metadata.annotations);
	const labels = {...template.metadata?.labels, ...(generation !== undefined && {[generationLabel]: generation}), [revisionLabel]: hash};
	const tolerations = daemonTolerations(template.spec);
	return {...template, metadata: {...template.metadata, labels}, spec: {...template.spec, tolerations, affinity: onNode(template.spec.affinity, node)}};
}

/** The node goes in place of whatever else was required: the set has looked at that already. */
function onNode(affinity: PodSpec['affinity'], node: string): NonNullable<PodSpec['affinity']> {
	const nodeSelectorTerms = [{matchFields: [{key: 'metadata.name', operator: 'In', values: [node]}]}];
	const required = {...affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution, nodeSelectorTerms};
	return {...affinity, nodeAffinity: {...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required}};
}

/** The node that a pod has, or was made for; undefined where it was made for none (kubernetes: daemonset_util.go GetTargetNodeName). */
export function nodeOf({spec: {nodeName = '', affinity}}: Pod): string | undefined {
	if (nodeName !== '') return nodeName;
	const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
	const named = terms.flatMap(({matchFields = []}) => matchFields).find(({key: name, operator}) => name === 'metadata.name' && operator === 'In');
	return named?.values?.length === 1 ? named.values[0] : undefined;
}

/** Whether a pod is made from the newest template: by the history's hash, or by the number that long ago stood for it. */
export function isUpdated({metadata: {labels = {}}}: Pod, {metadata}: DaemonSet, hash: string): boolean {
	const generation = generationOf(metadata.annotations);
	return labels[revisionLabel] === hash || (generation !== undefined && labels[generationLabel] === generation);
}

/** How many templates the set has had, as text. */
function generationOf(annotations: Readonly<Record<string, string>> = {}): string | undefined {
	const generation = annotations[generationAnnotation];
	return generation !== undefined && /^[+-]?\d+$/.test(generation) ? String(Number(generation)) : undefined;
}

/** Pods with a node first, then the older ones (kubernetes: daemon_controller.go podByCreationTimestampAndPhase). */
export function byPlacementAndAge(left: Pod, right: Pod): number {
	const [leftKey, rightKey] = [left, right].map(({spec, metadata}) =>
		[spec.nodeName === undefined ? 1 : 0, metadata.creationTimestamp, metadata.name].join(' '),
	);
	if (leftKey === rightKey) return 0;
	return (leftKey ?? '') < (rightKey ?? '') ? -1 : 1;
}
