import {create, setImage} from './changes.ts';
import {deployment, lateEnd, oneMore, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';

const namespace = 'default';
const name = 'testpage';
const labels = {app: name};
const image = (version: string) => `harbor.example/demo/testpage:${version}`;
const to = (version: string) => setImage(namespace, name, name, image(version), `version ${version}`);

/** Three loops and five steps. */
export const testpage: Scenario = {
	name,
	summary: 'the five steps of each replaced pod on one time line, and not a single failed request',
	namespace,
	deployment: name,
	curl: {service: name, via: 'address'},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{
			minutesAgo: 180,
			change: create(
				namespace,
				deployment({
					name,
					labels,
					replicas: 3,
					image: image('0.5'),
					changeCause: 'version 0.5',
					container: {ports: [{containerPort: 8080}], readinessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 2, periodSeconds: 1}, ...lateEnd},
					podSpec: {terminationGracePeriodSeconds: 10},
					spec: {...oneMore, revisionHistoryLimit: 3, minReadySeconds: 3},
				}),
				service(name, labels, {port: 8080, targetPort: 8080, nodePort: 31000}),
			),
		},
		{minutesAgo: 120, change: to('0.6')},
		{minutesAgo: 70, change: to('0.7')},
		{minutesAgo: 25, change: to('0.8')},
	],
	opening: to('0.9'),
	next: ({watched: {image: current, phase}}): Cue => {
		const version = current.split(':')[1] ?? current;
		if (phase === 'paused') return {hint: 'Paused: both versions answer. r resumes.'};
		if (phase !== 'complete') return {hint: `${version} comes in, pod by pod: the timeline tells the five steps of each.`};
		if (version === '0.9') return {hint: 'Done, without a failed request. Press t: the history keeps three. u undoes.'};
		return {hint: `${version} again, under the newest number. t shows the others; q quits.`};
	},
};
