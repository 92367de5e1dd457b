import {type ApiConfig, createApiClient} from '../../../src/demo/api-client.ts';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import type {ControllerRevision} from '../../../src/demo/controllers/history/controller-revision.ts';
import {createInformer} from '../../../src/demo/controllers/informer.ts';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';

/** What watches told of the StatefulSets and DaemonSets of a namespace, in words in which no chance is left. */
export interface SetTrace {
	/**
	 * What has happened since this was asked last, by what it happened to: a StatefulSet, its pods together, a node's pods of a DaemonSet, a revision.
	 * `isParallel`: which pod comes first is chance, so each has its own story, and of the set only the end counts.
	 */
	readonly take: (isParallel: boolean) => Readonly<Record<string, readonly string[]>>;
	readonly stop: () => Promise<void>;
}

const hashLabel = 'controller-revision-hash';

/** Follows a namespace from now on. */
export async function traceSets(config: ApiConfig, namespace: string): Promise<SetTrace> {
	const api = createApiClient(config);
	const life = new AbortController();
	const story = createStory();
	const revisionOf = createNumbers();
	const watch = <T extends ApiObject>(kind: string, root: string) => {
		const path = `${root}/namespaces/${namespace}/${kind.toLowerCase()}s`;
		return createInformer<T>({api, clock: systemClock, signal: life.signal, path, apiVersion: '', kind});
	};
	const pods = watch<Pod>('Pod', '/api/v1');
	const revisions = watch<ControllerRevision>('ControllerRevision', '/apis/apps/v1');
	const sets = watch<ApiObject>('StatefulSet', '/apis/apps/v1');
	pods.onChange(({before, now}) => {
		const pod = now ?? before;
		const change = pod === undefined ? undefined : changeOf(before, now);
		if (pod === undefined || change === undefined) return;
		const {labels, name} = pod.metadata;
		const words = change === 'made' ? `made of ${revisionOf(labels?.[hashLabel])}` : change;
		if (isOrdinal(pod)) story.tell(`pods of ${name.slice(0, name.lastIndexOf('-'))}`, `${name} ${words}`);
		// The next pod of a node is made when the one before has ended, before or after that one is gone.
		else if (change !== 'gone') story.tell(`pods on ${pod.spec.nodeName}`, words);
	});
	revisions.onChange(({before, now}) => {
		const {metadata} = now ?? before ?? {};
		if (metadata === undefined || (before?.revision === now?.revision && now !== undefined)) return;
		story.tell(revisionOf(metadata.labels?.[hashLabel] ?? metadata.name), String(now?.revision ?? 'gone'));
	});
	sets.onChange(({before, now}) => story.tell((now ?? before)?.metadata.name ?? '', now === undefined ? 'gone' : countsOf(now, revisionOf)));
	await Promise.all([pods.ready, revisions.ready, sets.ready]);
	return {
		take: story.take,
		async stop() {
			life.abort();
			await Promise.all([pods.ended, revisions.ended, sets.ended]);
			await api.close();
		},
	};
}

function createStory() {
	const story = new Map<string, string[]>();
	return {
		tell(about: string, what: string) {
			const told = story.get(about) ?? [];
			// Other fields than those that are told have changed.
			if (told.at(-1) !== what) story.set(about, [...told, what]);
		},
		take(isParallel: boolean) {
			const whole = [...story].map(([about, texts]) => [about, isOfSet(about) ? sinceGone(texts) : texts] as const);
			const told = isParallel ? whole.flatMap(([about, texts]) => apart(about, texts)) : whole;
			story.clear();
			return Object.fromEntries(told.toSorted(([left], [right]) => (left < right ? -1 : 1)));
		},
	};
}

/** What a set's controller still writes down while the set is being deleted is chance. */
function sinceGone(texts: readonly string[]): readonly string[] {
	return texts.slice(Math.max(0, texts.lastIndexOf('gone')));
}

function isOfSet(about: string): boolean {
	return !['revision ', 'pods on ', 'pods of '].some(start => about.startsWith(start));
}

/** Each pod's own story, and the end of the set's. */
function apart(about: string, texts: readonly string[]): readonly (readonly [string, readonly string[]])[] {
	if (isOfSet(about)) return [[about, texts.slice(-1)]];
	if (!about.startsWith('pods of ')) return [[about, texts]];
	const names = [...new Set(texts.map(text => text.split(' ')[0] ?? ''))];
	return names.map(name => [name, texts.filter(text => text.startsWith(`${name} `))]);
}

/** Revisions by the order in which they came: a hash may hang on the second of a restart, and a DaemonSet's on what only Go has. */
function createNumbers() {
	const known: string[] = [];
	return (name = '') => {
		if (!known.includes(name)) known.push(name);
		return `revision ${known.indexOf(name) + 1}`;
	};
}

function isOrdinal({metadata}: Pod): boolean {
	return metadata.labels?.['apps.kubernetes.io/pod-index'] !== undefined;
}

/** A DaemonSet's pod is made, for whoever looks at nodes, when it has its own. */
function changeOf(before: Pod | undefined, now: Pod | undefined): string | undefined {
	if (now === undefined) return 'gone';
	const isMade = (pod: Pod | undefined) => pod !== undefined && (isOrdinal(pod) || pod.spec.nodeName !== undefined);
	if (!isMade(before) && isMade(now)) return 'made';
	if (before?.metadata.deletionTimestamp === undefined && now.metadata.deletionTimestamp !== undefined) return 'ending';
	return isReady(now) && !isReady(before) ? 'ready' : undefined;
}

function isReady(pod: Pod | undefined): boolean {
	return pod?.status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True') === true;
}

/** Its counts and revisions, as the status has them. */
function countsOf({status}: ApiObject, revisionOf: (name: string) => string): string {
	const counts = Object.entries(status ?? {}).filter(([key]) => !['collisionCount', 'observedGeneration', 'conditions'].includes(key));
	return counts
		.toSorted(([left], [right]) => (left < right ? -1 : 1))
		.map(([key, value]) => `${key} ${key.endsWith('Revision') ? revisionOf(value) : value}`)
		.join(', ');
}
