import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatQuantity} from '../../../src/demo/quantity.ts';
import {quotaUsageOf} from '../../../src/demo/quota-usage.ts';
import {type EmbeddedApi, embeddedApi} from './embedded-api.ts';

const place = '/api/v1/namespaces/default';

const quota = (api: EmbeddedApi, hard: object, used: object, spec: object = {}) =>
	api.create(`${place}/resourcequotas`, {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'q'}, spec: {hard, ...spec}, status: {hard, used}});
const pod = (name: string, resources: object = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name},
	spec: {containers: [{name: 'app', image: 'app', resources}]},
});
const used = async (api: EmbeddedApi) => ((await (await api.ask(`${place}/resourcequotas/q`)).json()) as {status: {used: object}}).status.used;

describe('a quota', () => {
	test('lets in what it has room for, and counts it', async () => {
		const api = await embeddedApi();
		await quota(api, {pods: '2', 'requests.cpu': '1', 'limits.memory': '1Gi'}, {pods: '0', 'requests.cpu': '0', 'limits.memory': '0'});
		const resources = {requests: {cpu: '250m', memory: '1Mi'}, limits: {memory: '512Mi'}};
		await api.create(`${place}/pods`, pod('a', resources));
		expect(await used(api)).toEqual({pods: '1', 'requests.cpu': '250m', 'limits.memory': '512Mi'});
		await api.create(`${place}/pods`, pod('b', resources));
		expect(await used(api)).toEqual({pods: '2', 'requests.cpu': '500m', 'limits.memory': '1Gi'});
		await expect(api.create(`${place}/pods`, pod('c', resources))).rejects.toThrow(
			/^pods "c" is forbidden: exceeded quota: q, requested: limits.memory=512Mi,pods=1, used: limits.memory=1Gi,pods=2, limited: limits.memory=1Gi,pods=2$/,
		);
	});

	test('says what is exceeded, in upstream’s words', async () => {
		const api = await embeddedApi();
		await quota(api, {pods: '3'}, {pods: '3'});
		await expect(api.create(`${place}/pods`, pod('x'))).rejects.toThrow(
			'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3',
		);
	});

	test('demands that each container says what it wants', async () => {
		const api = await embeddedApi();
		await quota(api, {'requests.cpu': '1', 'limits.memory': '1Gi'}, {'requests.cpu': '0', 'limits.memory': '0'});
		await expect(api.create(`${place}/pods`, pod('x'))).rejects.toThrow(
			'pods "x" is forbidden: failed quota: q: must specify limits.memory for: app; requests.cpu for: app',
		);
	});

	test('whose use is not known yet lets nothing in', async () => {
		const api = await embeddedApi();
		await quota(api, {pods: '3', 'count/pods': '3'}, {pods: '0'});
		await expect(api.create(`${place}/pods`, pod('x'))).rejects.toThrow('pods "x" is forbidden: status unknown for quota: q, resources: count/pods,pods');
	});

	test('counts other objects, too', async () => {
		const api = await embeddedApi();
		await quota(api, {'count/configmaps': '1', secrets: '0'}, {'count/configmaps': '0', secrets: '0'});
		await api.create(`${place}/configmaps`, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}});
		await expect(api.create(`${place}/configmaps`, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'b'}})).rejects.toThrow(
			'configmaps "b" is forbidden: exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1',
		);
		await expect(api.create(`${place}/secrets`, {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'b'}})).rejects.toThrow(
			'exceeded quota: q, requested: secrets=1',
		);
	});

	test('without a status yet, or of other pods, is in nobody’s way', async () => {
		const api = await embeddedApi();
		await quota(api, {}, {}, {hard: {pods: '0'}});
		await api.create(`${place}/pods`, pod('a'));
		const other = await embeddedApi();
		await quota(other, {pods: '0'}, {pods: '0'}, {scopes: ['Terminating']});
		await other.create(`${place}/pods`, pod('a'));
		await expect(other.create(`${place}/pods`, {...pod('b'), spec: {...pod('b').spec, activeDeadlineSeconds: 5}})).rejects.toThrow('exceeded quota');
	});

	test('counts nothing that is only tried', async () => {
		const api = await embeddedApi();
		await quota(api, {pods: '3'}, {pods: '0'});
		await api.create(`${place}/pods?dryRun=All`, pod('a'));
		expect(await used(api)).toEqual({pods: '0'});
	});
});

describe('what a pod uses', () => {
	const container = (cpu: string | undefined, more: object = {}) => ({name: 'c', resources: cpu === undefined ? {} : {requests: {cpu}}, ...more});
	const cpuOf = (spec: object, status: object = {}) => {
		const amount = quotaUsageOf({group: '', plural: 'pods'}, {metadata: {}, spec, status} as never, 0).get('requests.cpu');
		return amount === undefined ? undefined : formatQuantity(amount);
	};

	test.for([
		['its containers together', {containers: [container('100m'), container('200m'), container(undefined)]}, '300m'],
		['nothing that is not said', {containers: [container(undefined)]}, undefined],
		['the largest init container, if that is more', {containers: [container('100m')], initContainers: [container('500m'), container('300m')]}, '500m'],
		['its containers, if those are more', {containers: [container('1')], initContainers: [container('500m')]}, '1'],
		['sidecars beside both', {containers: [container('100m')], initContainers: [container('50m', {restartPolicy: 'Always'}), container('300m')]}, '350m'],
	] as const)('%s', ([, spec, expected]) => {
		expect(cpuOf(spec)).toBe(expected);
	});

	test('nothing when it has ended, but its place among the objects', () => {
		expect(cpuOf({containers: [container('1')]}, {phase: 'Succeeded'})).toBeUndefined();
		const usage = quotaUsageOf({group: '', plural: 'pods'}, {status: {phase: 'Failed'}} as never, 0);
		expect([...usage.keys()]).toEqual(['count/pods']);
	});

	test('never less than any of its containers alone', () => {
		const cpus = fc.array(fc.integer({min: 0, max: 4_000}), {minLength: 1, maxLength: 4});
		fc.assert(
			fc.property(cpus, cpus, (containers, initContainers) => {
				const spec = {containers: containers.map(cpu => container(`${cpu}m`)), initContainers: initContainers.map(cpu => container(`${cpu}m`))};
				const sum = containers.reduce((total, cpu) => total + cpu, 0);
				const amount = quotaUsageOf({group: '', plural: 'pods'}, {spec} as never, 0).get('requests.cpu');
				expect(amount?.nanos).toBe(BigInt(Math.max(sum, ...initContainers)) * 1_000_000n);
			}),
		);
	});
});
