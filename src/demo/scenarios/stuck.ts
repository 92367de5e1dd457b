import {changeContainer, create} from './changes.ts';
import type {Cue, Scenario, Seen} from './scenario.ts';
import {shopImage, shopName, shopNamespace, shopObjects} from './shop.ts';

const namespace = shopNamespace;
const name = shopName;

/** One way to get stuck: by its image it is known again. */
interface Trouble {
	readonly name: string;
	readonly container: {readonly image: string} & Readonly<Record<string, unknown>>;
	readonly hint: string;
}

const first: Trouble = {
	name: 'settings',
	container: {
		image: 'registry.example/shop/testpage:0.9',
		env: [{name: 'CURRENCY', valueFrom: {configMapKeyRef: {name: 'settings', key: 'currency'}}}],
	},
	hint: '0.9 wants a ConfigMap that nobody made. w tells all of it, u undoes.',
};

/** What colleagues ship, one after the other, each once the one before was undone. */
const later: readonly Trouble[] = [
	{
		name: 'private',
		container: {image: 'private.example/shop/testpage:0.9'},
		hint: 'Now the image comes from a registry that wants credentials. u undoes.',
	},
	{
		name: 'memory',
		container: {image: 'registry.example/shop/testpage:0.7', resources: {requests: {memory: '64Gi'}}},
		hint: 'This one wants 64Gi of memory, which no node has. u undoes.',
	},
	{
		name: 'liveness',
		container: {
			image: 'registry.example/shop/kubia:v3',
			livenessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 2, failureThreshold: 2},
		},
		hint: 'It starts, turns bad, and its liveness probe kills it. l reads its log, u.',
	},
	{
		name: 'command',
		container: {image: 'busybox:1.36', command: ['/app/shop']},
		hint: 'Its command is not in the image: it can never start. u undoes.',
	},
];

const ship = ({container, name: cause}: Trouble) => changeContainer(namespace, name, {name, ...container}, `release with trouble: ${cause}`);

function nextCue({watched: {image, phase}, acts}: Seen): Cue {
	const trouble = [first, ...later].find(({container}) => container.image === image);
	if (trouble !== undefined) return troubleCue(trouble, phase);
	if (image !== shopImage) return {hint: 'This version is yours: nothing is known of it here. u undoes it.'};
	if (phase !== 'complete') return {hint: 'Going back to 0.8.'};
	const next = later.find(({name: one}) => !acts.has(one));
	if (next === undefined) return {hint: 'Those were five ways to be stuck, and all are undone. q quits.'};
	return {hint: 'Rescued. In some seconds a colleague ships the next one.', act: {name: next.name, afterSeconds: 8, change: ship(next)}};
}

function troubleCue({hint}: Trouble, phase: Seen['watched']['phase']): Cue {
	if (phase === 'paused') return {hint: 'Paused. u resumes and undoes in one step.'};
	return {hint: phase === 'stalled' ? 'The deadline has passed. Press u to undo it.' : hint};
}

/** One trouble after the other, to practise on. */
export const stuck: Scenario = {
	name: 'stuck',
	summary: 'five releases, each stuck for another reason: read why, undo, and the next one comes',
	namespace,
	deployment: name,
	curl: {service: name, via: 'proxy'},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{
			minutesAgo: 45,
			change: create(namespace, ...shopObjects({minReadySeconds: 10, progressDeadlineSeconds: 300})),
		},
	],
	opening: ship(first),
	next: nextCue,
};
