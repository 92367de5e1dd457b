import {create, setImage} from './changes.ts';
import {deployment, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';

const namespace = 'default';
const name = 'large';
const labels = {app: name};
const replicas = 5_000;
const to = (version: string) => setImage(namespace, name, name, `registry.example/load/testpage:${version}`, `version ${version}`);

/** Five thousand pods, one calm screen. */
export const large: Scenario = {
	name,
	summary: 'five thousand pods start, then roll: one calm screen (takes a minute or two, and 400 MB)',
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
			image: 'registry.example/load/testpage:0.8',
			changeCause: 'version 0.8',
			container: {ports: [{containerPort: 8080}]},
			podSpec: {terminationGracePeriodSeconds: 2},
		}),
		service(name, labels, {port: 80, targetPort: 8080}),
	),
	next: ({watched: {image, phase, available}, acts}): Cue => {
		if (phase === 'paused') return {hint: 'Paused: thousands of each version answer. r resumes.'};
		if (phase !== 'complete') {
			const goes = acts.has('0.9') ? 'The rollout replaces' : 'The cluster starts';
			return {hint: `${goes} 5,000 pods: ${available} are available. p holds it${acts.has('0.9') ? ', u goes back' : ''}.`};
		}
		if (!acts.has('0.9')) return {hint: 'All 5,000 run. In some seconds 0.9 rolls over them.', act: {name: '0.9', afterSeconds: 5, change: to('0.9')}};
		return {hint: `All 5,000 run ${image.split(':')[1]}. u rolls them all back; q quits.`};
	},
};
