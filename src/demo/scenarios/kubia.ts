import {create, setImage} from './changes.ts';
import {deployment, oneMore, service} from './manifests.ts';
import type {Scenario, Seen} from './scenario.ts';

const namespace = 'default';
const name = 'kubia-deploy-canary';
const labels = {app: 'kubia'};

/** The Deployment of "Kubernetes in Action", at some version; others that need a well-behaved one take it too. */
export function kubiaObjects(image: string): readonly object[] {
	return [
		deployment({
			name,
			labels,
			replicas: 3,
			image,
			changeCause: `image ${image}`,
			container: {
				ports: [{name: 'web-port', containerPort: 8080}],
				readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1},
			},
			// kubia does not listen to SIGTERM: the grace period passes in full each time.
			podSpec: {terminationGracePeriodSeconds: 5},
			spec: {...oneMore, minReadySeconds: 10, progressDeadlineSeconds: 120},
		}),
		service(`${name}-svc`, labels, {port: 80, targetPort: 'web-port'}),
	];
}

/** `kubectl set image` on that Deployment. */
export const setKubia = (tag: string) => setImage(namespace, name, 'kubia', `luksa/kubia:${tag}`);

/** A good version, a bad one, a rescue. */
export const kubia: Scenario = {
	name: 'kubia',
	summary: 'a bad version blocks its rollout: see what users get, undo it, go to revision 1',
	namespace,
	deployment: name,
	curl: {service: `${name}-svc`, via: 'proxy'},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{minutesAgo: 31, change: create(namespace, ...kubiaObjects('luksa/kubia:v1'))},
		{minutesAgo: 12, change: setKubia('v2')},
	],
	opening: setKubia('v3'),
	next: ({watched, acts}) => {
		const version = watched.image.split(':')[1] ?? '';
		return cues[version]?.(watched, acts) ?? {hint: `${version} is yours: nothing is known of it here. u undoes it.`};
	},
};

type Cues = Readonly<Record<string, (watched: Seen['watched'], acts: Seen['acts']) => ReturnType<Scenario['next']>>>;

const cues: Cues = {
	v3({phase}) {
		if (phase === 'paused') return {hint: 'Paused with v3 half-way. r resumes it; u resumes and undoes in one step.'};
		if (phase === 'stalled') return {hint: 'The deadline has passed: v3 is stuck for good. Press u to undo it.'};
		return {hint: 'v3 is rolling out and will block: four good answers, then errors. Press u.'};
	},
	v2({phase}, acts) {
		if (acts.has('v4')) return {hint: 'Back on v2. t shows all revisions; q quits.'};
		if (phase !== 'complete') return {hint: 'Going back to v2. The mix shows how many noticed.'};
		return {hint: 'Rescued. In some seconds a colleague ships v4, a good version.', act: {name: 'v4', afterSeconds: 10, change: setKubia('v4')}};
	},
	v4({phase}) {
		if (phase === 'paused') return {hint: 'Paused with v4 half-way: both versions answer. r resumes.'};
		if (phase !== 'complete') return {hint: 'v4 is good: one pod after the other, ten seconds each. p would pause it.'};
		return {hint: 'v4 serves everybody. Press t and go to revision 1: that works, too.'};
	},
	v1({phase}) {
		if (phase !== 'complete') return {hint: 'Revision 1 comes back, under the newest number.'};
		return {hint: 'That was kubia. q quits; `rollwatch demo --list` shows the others.'};
	},
};
