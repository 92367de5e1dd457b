import {create, setImage} from './changes.ts';
import {deployment, lateEnd, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';

const namespace = 'web';
const name = 'nginx-dm';
const labels = {app: 'nginx'};
const to = (image: string) => setImage(namespace, name, 'nginx', image);

/** Rolling, undo that flips, pause as a canary. */
export const nginx: Scenario = {
	name: 'nginx',
	summary: 'pause a rollout half-way: a canary, with the measured share next to the expected one; undo flips',
	namespace,
	deployment: name,
	curl: {service: 'nginx-svc', via: 'address', head: true},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{
			minutesAgo: 55,
			change: create(
				namespace,
				deployment({
					name,
					labels,
					replicas: 6,
					image: 'nginx',
					changeCause: 'image nginx',
					container: {ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 2}, ...lateEnd},
					// Without it new pods count at once, and nobody is quick enough to pause at eight pods.
					spec: {minReadySeconds: 8},
				}),
				service('nginx-svc', labels, {port: 80, targetPort: 80, nodePort: 31180}),
			),
		},
		{minutesAgo: 26, change: to('nginx:1.16.1')},
	],
	opening: to('nginx:1.18.0'),
	next: ({watched: {image, phase}}): Cue => {
		const version = image.split(':')[1] ?? '1.21.6';
		if (phase === 'paused') return {hint: 'Held half-way: a canary. Compare measured with expected; r lets it go on.'};
		if (phase !== 'complete') return {hint: `${version} is rolling out. Press p now: what is half-way becomes a canary.`};
		if (version === '1.18.0') return {hint: '1.18.0 serves everybody. Press u: undo goes back one, the next one forward.'};
		if (version === '1.16.1') return {hint: 'Back on 1.16.1. u flips forward again; t goes to the very first revision.'};
		return {hint: 'The first one again. t shows all three with their new numbers; q quits.'};
	},
};
