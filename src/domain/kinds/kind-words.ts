/** What has pods of its own and replaces them. `ArgoRollout` is `rollouts.argoproj.io`; its API kind is `Rollout`, like OpenKruise's. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ArgoRollout';

/** What steers a workload's rollout from above. `KruiseRollout` is `rollouts.kruise.io`, `Application` is KubeVela's. */
export type ReleaseKind = 'KruiseRollout' | 'Application';

/** What can be watched: one workload, what steers one, or a Service with all that stands behind it. */
export type TargetKind = WorkloadKind | ReleaseKind | 'Service';

/** How a kind is called, by the API and by people. */
export type KindWords = {
	/** As the API has it; '' is the core group. */
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly plural: string;
	/** In `sts/db`, on the screen and the command line. */
	readonly short: string;
	/** In kubectl's command lines: `statefulset/db`. */
	readonly resource: string;
	/** Further names that kubectl takes, without those that the others give: plural, resource, `resource.group`, `plural.version.group`. */
	readonly aliases: readonly string[];
};

/** Every kind that can be watched. */
export const kindWords: Readonly<Record<TargetKind, KindWords>> = {
	Deployment: {group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', short: 'deploy', resource: 'deployment', aliases: ['deploy']},
	StatefulSet: {group: 'apps', version: 'v1', kind: 'StatefulSet', plural: 'statefulsets', short: 'sts', resource: 'statefulset', aliases: ['sts']},
	DaemonSet: {group: 'apps', version: 'v1', kind: 'DaemonSet', plural: 'daemonsets', short: 'ds', resource: 'daemonset', aliases: ['ds']},
	ArgoRollout: {
		group: 'argoproj.io',
		version: 'v1alpha1',
		kind: 'Rollout',
		plural: 'rollouts',
		short: 'rollout',
		resource: 'rollout.argoproj.io',
		aliases: ['rollout', 'ro'],
	},
	KruiseRollout: {
		group: 'rollouts.kruise.io',
		version: 'v1beta1',
		kind: 'Rollout',
		plural: 'rollouts',
		short: 'rollout',
		resource: 'rollout.rollouts.kruise.io',
		aliases: ['rollout'],
	},
	Application: {
		group: 'core.oam.dev',
		version: 'v1beta1',
		kind: 'Application',
		plural: 'applications',
		short: 'app',
		resource: 'application.core.oam.dev',
		aliases: ['app'],
	},
	Service: {group: '', version: 'v1', kind: 'Service', plural: 'services', short: 'svc', resource: 'service', aliases: ['svc']},
};

/** `apps/v1`, or `v1` of the core group. */
export function apiVersionOf(kind: TargetKind): string {
	const {group, version} = kindWords[kind];
	return group === '' ? version : `${group}/${version}`;
}

/** `deployment.apps`, as kubectl names the kind of an object in its answers. */
export function qualifiedName(kind: TargetKind): string {
	const {group, kind: name} = kindWords[kind];
	return group === '' ? name.toLowerCase() : `${name.toLowerCase()}.${group}`;
}

/** `deployments.apps`, as kubectl and the API server name the resource in refusals. */
export function qualifiedPlural(kind: TargetKind): string {
	const {group, plural} = kindWords[kind];
	return group === '' ? plural : `${plural}.${group}`;
}

/** What numbers a kind's templates: a ControllerRevision has no pods of its own. */
export function historyKind(kind: WorkloadKind): 'ReplicaSet' | 'ControllerRevision' {
	return kind === 'StatefulSet' || kind === 'DaemonSet' ? 'ControllerRevision' : 'ReplicaSet';
}

/** Whether a kind has pods of its own. */
export function isWorkloadKind(kind: TargetKind): kind is WorkloadKind {
	return kind !== 'Service' && !isReleaseKind(kind);
}

/** Whether a kind steers a workload from above. */
export function isReleaseKind(kind: TargetKind): kind is ReleaseKind {
	return kind === 'KruiseRollout' || kind === 'Application';
}
