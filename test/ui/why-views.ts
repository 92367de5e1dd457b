import type {WhyView} from '../../src/store/why-views.ts';

/** The rollout of `blocked`: one new pod fails its probe. */
export const why: WhyView = {
	name: 'kubia',
	standing: {tone: 'change', text: 'PROGRESSING  Waiting for deployment "kubia" rollout to finish: 1 out of 3 new replicas have been updated...'},
	facts: [
		{label: 'verdict', value: 'may still recover: what is wrong may pass; its grace is not over until 14:03:40 (since 14:03:12)', tone: 'change'},
		{label: 'end', value: 'Deadline in 8m18s.', tone: 'quiet'},
		{label: 'strategy', value: 'may run 4, must keep 3 available; now waits for x2x7k to be ready for 10s', tone: 'quiet'},
	],
	findings: [
		{
			tone: 'bad',
			text: 'kubia-7c9d5f7b9d-x2x7k is not ready: readiness probe GET :8080/ answered 500 (12 times in 14s)',
			advice: 'read its log (l); check what the probe asks',
		},
		{tone: 'quiet', text: 'kubia waits 10s before a ready pod counts as available', advice: undefined},
	],
	events: [
		{age: '1s', type: 'Warning', reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 500', times: '×12'},
		{age: '98s', type: 'Normal', reason: 'Pulled', message: 'Successfully pulled image "luksa/kubia:v3" in 1.2s', times: '×3, 3 pods'},
	],
	log: {
		title: 'Last log lines · kubia-7c9d5f7b9d-x2x7k · kubia',
		lines: ['Kubia server starting...', 'Received request from 127.0.0.1:40112 kube-probe/1.36', 'Error: the internal error that v3 has'],
	},
};
