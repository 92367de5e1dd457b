import {create, setImage} from './changes.ts';
import {deployment, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';

const namespace = 'default';
const name = 'large';
const labels = {app: name};
const replicas = 5_000;
const image = (version: string) => `registry.example/load/tiny:${version}`;
const to = (version: string) => setImage(namespace, name, name, image(version), `version ${version}`);

/** Five thousand pods, one calm screen. */
export const large: Scenario = {
	name,
	summary: 'five thousand pods start, then roll: one calm screen (takes a minute or two, and up to 1 GB)',
	namespace,
	deployment: name,
	curl: {service: name, via: 'proxy'},
	nodes: {count: 26, podsPerNode: 250},
	past: [],
	opening: create(
		namespace,
		deployment({
			name,
			labels,
			replicas,
			image: image('v1'),
			changeCause: 'version v1',
			container: {ports: [{containerPort: 8080}]},
			podSpec: {terminationGracePeriodSeconds: 2},
		}),
		service(name, labels, {port: 80, targetPort: 8080}),
	),
	next: ({watched: {image: current, phase, available}, acts}): Cue => {
		if (phase === 'paused') return {hint: 'Paused: thousands of each version answer. r resumes.'};
		if (phase !== 'complete') {
			const goes = acts.has('v2') ? 'The rollout replaces' : 'The cluster starts';
			return {hint: `${goes} 5,000 pods: ${available} are available. p holds it${acts.has('v2') ? ', u goes back' : ''}.`};
		}
		if (!acts.has('v2')) return {hint: 'All 5,000 run. In some seconds v2 rolls over them.', act: {name: 'v2', afterSeconds: 5, change: to('v2')}};
		return {hint: `All 5,000 run ${current.split(':')[1]}. u rolls them all back; q quits.`};
	},
};
