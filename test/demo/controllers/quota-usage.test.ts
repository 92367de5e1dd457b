import {expect, test} from 'vitest';
import {quotaUsage, type ResourceQuota, sameAmounts} from '../../../src/demo/controllers/quota/quota-usage.ts';
import {aPod, now} from './objects.ts';

const quota = (hard: Readonly<Record<string, string>>, used?: Readonly<Record<string, string>>): ResourceQuota => ({
	apiVersion: 'v1',
	kind: 'ResourceQuota',
	metadata: {name: 'q', namespace: 'ns', uid: 'q', resourceVersion: '1', creationTimestamp: ''},
	spec: {hard},
	...(used !== undefined && {status: {used}}),
});
const asking = (cpu: string) => ({spec: {containers: [{name: 'app', resources: {requests: {cpu, memory: '64Mi'}, limits: {cpu: '1'}}}]}});

test('pods count until they have ended or should be gone; their requests and limits add up', () => {
	const pods = [
		aPod('a', asking('500m')),
		aPod('b', asking('1')),
		aPod('done', {phase: 'Succeeded', ...asking('9')}),
		aPod('leaving', {deleted: true, ...asking('1')}),
	];
	const hard = {pods: '9', 'count/pods': '9', 'requests.cpu': '9', cpu: '9', 'limits.cpu': '9', memory: '1Gi'};
	expect(quotaUsage(quota(hard), {pods, counts: {}}, now)).toEqual({
		pods: '3',
		'count/pods': '4',
		'requests.cpu': '2500m',
		cpu: '2500m',
		'limits.cpu': '3',
		memory: '192Mi',
	});
	expect(quotaUsage(quota({pods: '9'}), {pods, counts: {}}, now + 60_000)).toEqual({pods: '2'});
});

test('other objects count by their name, and what nobody counts stays as it was', () => {
	const hard = {services: '5', 'count/deployments.apps': '2', persistentvolumeclaims: '3', secrets: '9'};
	const content = {pods: [], counts: {services: 1, 'count/deployments.apps': 2}};
	expect(quotaUsage(quota(hard, {secrets: '4'}), content, now)).toEqual({
		services: '1',
		'count/deployments.apps': '2',
		persistentvolumeclaims: '0',
		secrets: '4',
	});
});

test('amounts are the same however they are written', () => {
	expect(sameAmounts({cpu: '1', memory: '1Gi'}, {memory: '1024Mi', cpu: '1000m'})).toBe(true);
	expect(sameAmounts({cpu: '1'}, {cpu: '1', pods: '0'})).toBe(false);
	expect(sameAmounts({cpu: '1'}, {memory: '1'})).toBe(false);
});
