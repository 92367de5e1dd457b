/** What a CustomResourceDefinition of a scenario says; everything else is the same for all. */
interface Definition {
	readonly group: string;
	readonly kind: string;
	readonly plural: string;
	readonly shortNames: readonly string[];
	/** The stored one last. */
	readonly versions: readonly string[];
	readonly scope?: 'Cluster' | 'Namespaced';
	/** NAME, type and JSON path. */
	readonly columns?: readonly (readonly [string, string, string])[];
	readonly subresources?: Readonly<Record<string, unknown>>;
}

const age = ['Age', 'date', '.metadata.creationTimestamp'] as const;

function definition({group, kind, plural, shortNames, versions, scope = 'Namespaced', columns = [age], subresources = {status: {}}}: Definition): object {
	const additionalPrinterColumns = columns.map(([name, type, jsonPath]) => ({name, type, jsonPath}));
	const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: `${plural}.${group}`},
		spec: {
			group,
			scope,
			names: {kind, plural, singular: kind.toLowerCase(), shortNames},
			versions: versions.map(name => ({name, served: true, storage: name === versions.at(-1), schema, subresources, additionalPrinterColumns})),
		},
	};
}

/** OpenKruise's Rollout, under both of its versions. */
export const kruiseDefinitions: readonly object[] = [
	definition({
		group: 'rollouts.kruise.io',
		kind: 'Rollout',
		plural: 'rollouts',
		shortNames: [],
		versions: ['v1alpha1', 'v1beta1'],
		columns: [
			['STATUS', 'string', '.status.phase'],
			['CANARY_STEP', 'integer', '.status.canaryStatus.currentStepIndex'],
			['CANARY_STATE', 'string', '.status.canaryStatus.currentStepState'],
			['MESSAGE', 'string', '.status.message'],
			['AGE', 'date', '.metadata.creationTimestamp'],
		],
	}),
];

/** KubeVela's Application, and where it keeps its revisions and what it has made. */
export const velaDefinitions: readonly object[] = [
	definition({
		group: 'core.oam.dev',
		kind: 'Application',
		plural: 'applications',
		shortNames: ['app'],
		versions: ['v1beta1'],
		columns: [
			['COMPONENT', 'string', '.spec.components[*].name'],
			['TYPE', 'string', '.spec.components[*].type'],
			['PHASE', 'string', '.status.status'],
			['HEALTHY', 'boolean', '.status.services[*].healthy'],
			['STATUS', 'string', '.status.services[*].message'],
			['AGE', 'date', '.metadata.creationTimestamp'],
		],
	}),
	definition({group: 'core.oam.dev', kind: 'ApplicationRevision', plural: 'applicationrevisions', shortNames: ['apprev'], versions: ['v1beta1']}),
	definition({group: 'core.oam.dev', kind: 'ResourceTracker', plural: 'resourcetrackers', shortNames: ['rt'], versions: ['v1beta1'], scope: 'Cluster'}),
];

/** Argo's Rollout. */
export const argoDefinitions: readonly object[] = [
	definition({
		group: 'argoproj.io',
		kind: 'Rollout',
		plural: 'rollouts',
		shortNames: ['ro'],
		versions: ['v1alpha1'],
		subresources: {
			status: {},
			scale: {specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.HPAReplicas', labelSelectorPath: '.status.selector'},
		},
		columns: [
			['Desired', 'integer', '.spec.replicas'],
			['Current', 'integer', '.status.replicas'],
			['Up-to-date', 'integer', '.status.updatedReplicas'],
			['Available', 'integer', '.status.availableReplicas'],
			age,
		],
	}),
	// Nothing acts on these here, but Argo's own kubectl plugin reads them and waits for ever where they are not served.
	definition({group: 'argoproj.io', kind: 'AnalysisRun', plural: 'analysisruns', shortNames: ['ar'], versions: ['v1alpha1'], subresources: {}}),
	definition({group: 'argoproj.io', kind: 'Experiment', plural: 'experiments', shortNames: ['exp'], versions: ['v1alpha1'], subresources: {}}),
];
