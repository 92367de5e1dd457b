/** What of a Deployment differs from the plain one; maps are merged one level deep, the container into the only one that there is. */
export interface Change {
	/** Of the Deployment. */
	readonly spec?: Readonly<Record<string, unknown>>;
	/** Of the pod template. */
	readonly metadata?: Readonly<Record<string, unknown>>;
	readonly podSpec?: Readonly<Record<string, unknown>>;
	readonly container?: Readonly<Record<string, unknown>>;
}

/** The objects of one situation's namespace, newest versions, raw as the API sent them. */
export interface Evidence {
	readonly deployment: RawObject | undefined;
	readonly replicaSets: readonly RawObject[];
	readonly pods: readonly RawObject[];
	readonly events: readonly RawObject[];
	/** Epoch ms. */
	readonly now: number;
}

/** An object of which tests look at any part. */
export interface RawObject {
	// biome-ignore lint/suspicious/noExplicitAny: raw JSON of many kinds, looked at by predicates of one line
	readonly [part: string]: any;
}

/** Something that goes wrong in a rollout, or only seems to: how to bring it about on any cluster, how to see it in the objects, and what must be said of it. */
export interface Situation {
	/** Stable, kebab-case: its recording is called so. */
	readonly name: string;
	/** Which finding must be among those of the rollout. */
	readonly kind: string;
	/** What it says, after the object's name: to the letter, but for numbers that hang on the moment. */
	readonly says: string | RegExp;
	/** What its container wrote last, quoted after that. */
	readonly lastLine?: string;
	/** How the first version differs from one that works; absent: not at all. */
	readonly before?: Change;
	readonly namespaceLabels?: Readonly<Record<string, string>>;
	/** Objects that must be there before the Deployment. */
	readonly objects?: readonly object[];
	/** Objects that come between the first version and the change. */
	readonly between?: readonly object[];
	/** A Pod that must be refused, if anybody would create it, before the change: policies take a while to be heeded. */
	readonly refused?: object;
	/** The change that is rolled out once the first version is complete. */
	readonly change: Change;
	/** What is done to the Deployment's spec as soon as something holds. */
	readonly after?: {readonly when: (evidence: Evidence) => boolean; readonly spec: object};
	/** When the node that can be lost falls silent. */
	readonly losesNode?: (evidence: Evidence) => boolean;
	/** How long the evidence may take, ms. Default: a minute. */
	readonly patienceMs?: number;
	/** Whether the objects show it. */
	readonly evidence: (evidence: Evidence) => boolean;
	/** How long after the evidence it may be said, ms. Default: two seconds. */
	readonly withinMs?: number;
	/** Where it cannot be brought about on the embedded cluster, why. */
	readonly realOnly?: string;
}

/** Each situation's Deployment, container and label. */
export const app = 'shop';

const labels = {app};
const goodContainer = {
	name: app,
	image: 'registry.example/shop/testpage:0.8',
	ports: [{containerPort: 8080}],
	readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1},
};
const goodSpec = {replicas: 2, progressDeadlineSeconds: 300, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}};

/** The Deployment of a situation at some stage: the changes one after the other on top of one that works. */
export function deploymentOf(...changes: readonly Change[]): object {
	const merged = (part: keyof Change, base: object): Record<string, unknown> => Object.assign({}, base, ...changes.map(change => change[part]));
	// A null takes something away; in a list only what is not there is nothing.
	const containers = [Object.fromEntries(Object.entries(merged('container', goodContainer)).filter(([, value]) => value !== null))];
	const template = {
		metadata: merged('metadata', {labels}),
		spec: merged('podSpec', {terminationGracePeriodSeconds: 1, containers}),
	};
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: app, labels},
		spec: {...merged('spec', goodSpec), selector: {matchLabels: labels}, template},
	};
}
