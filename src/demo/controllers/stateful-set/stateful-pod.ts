import type {ApiObject} from '../../api-object.ts';
import {type ControllerRevision, templateOf} from '../history/controller-revision.ts';
import type {Pod} from '../kinds.ts';
import {podOf} from '../pod-control.ts';
import {firstOrdinal, placeOf, type StatefulSet} from './stateful-set.ts';

const revisionLabel = 'controller-revision-hash';
const nameLabel = 'statefulset.kubernetes.io/pod-name';
const indexLabel = 'apps.kubernetes.io/pod-index';

/** The name of the ControllerRevision that a pod was made from. */
export function revisionOf({metadata: {labels}}: Pick<ApiObject, 'metadata'>): string {
	return labels?.[revisionLabel] ?? '';
}

/** Whether a missing pod is made from the current template or from the new one (kubernetes: stateful_set_utils.go newVersionedStatefulSetPod). */
export function revisionFor<T>(set: StatefulSet, ordinal: number, {current, update}: {readonly current: T; readonly update: T}): T {
	const {type, rollingUpdate} = set.spec.updateStrategy;
	const index = ordinal - firstOrdinal(set);
	if (rollingUpdate !== undefined) return index < (rollingUpdate.partition ?? 0) ? current : update;
	return type === 'RollingUpdate' && index < (set.status?.currentReplicas ?? 0) ? current : update;
}

/** A pod of the set with its name, host name and place in the set. */
export function statefulPod(set: StatefulSet, ordinal: number, revision: ControllerRevision) {
	const {metadata, spec, ...pod} = podOf(set, templateOf(revision));
	const name = `${set.metadata.name}-${ordinal}`;
	const {serviceName = ''} = set.spec;
	const volumes = volumesOf(set, spec.volumes ?? []);
	return {
		...pod,
		metadata: {...metadata, name, labels: {...metadata.labels, ...identityLabels(name, ordinal), [revisionLabel]: revision.metadata.name}},
		spec: {...spec, hostname: name, ...(serviceName !== '' && {subdomain: serviceName}), ...(volumes.length > 0 && {volumes})},
	};
}

/**
 * Nothing here serves volumes that outlive a pod. What the set claims is an `emptyDir` of the pod instead, so that its pods run all the same; upstream
 * makes PersistentVolumeClaims.
 */
function volumesOf({spec: {volumeClaimTemplates = []}}: StatefulSet, volumes: readonly object[]): readonly object[] {
	const claimed = volumeClaimTemplates.map(({metadata: {name}}) => name);
	const others = volumes.filter(volume => !claimed.includes((volume as {name: string}).name));
	return [...claimed.map(name => ({name, emptyDir: {}})), ...others];
}

function identityLabels(name: string, ordinal: number) {
	return {[nameLabel]: name, [indexLabel]: String(ordinal)};
}

/** The labels that a pod of the set lacks, one that was adopted for instance; undefined when it has them (kubernetes: identityMatches). */
export function missingIdentity(pod: Pod): Readonly<Record<string, string>> | undefined {
	const {name, labels} = pod.metadata;
	return labels?.[nameLabel] === name ? undefined : identityLabels(name, placeOf(pod)?.ordinal ?? 0);
}
