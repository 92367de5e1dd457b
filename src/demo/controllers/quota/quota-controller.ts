import type {ApiObject} from '../../api-object.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {keyOf, type OnChange} from '../informer.ts';
import {pathOf} from '../paths.ts';
import {isTerminal} from '../pods.ts';
import {createWorkQueue} from '../work-queue.ts';
import {quotaUsage, sameAmounts} from './quota-usage.ts';

/** A count that was wrong for a moment, because something was made meanwhile, is put right after so long (--resource-quota-sync-period). */
const resyncMs = 300_000;

/** Keeps in each ResourceQuota's status what is used of it (kubernetes: pkg/controller/resourcequota). */
export function createQuotaController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {resourceQuotas, pods} = informers;
	const sync = async (key: string) => {
		const quota = resourceQuotas.get(key);
		if (quota === undefined) return;
		const {namespace = '', name} = quota.metadata;
		const hard = quota.spec?.hard ?? {};
		const used = quotaUsage(quota, contentOf(context, namespace), clock.now());
		if (quota.status?.used !== undefined && sameAmounts(quota.status.hard, hard) && sameAmounts(quota.status.used, used)) return;
		const body = {...quota, status: {hard, used}};
		await api.send({method: 'PUT', path: `${pathOf('v1', 'resourcequotas', namespace, name)}/status`, body});
	};
	const queue = createWorkQueue({clock, sync});
	const wake = ({metadata: {namespace = ''}}: ApiObject) => {
		for (const quota of resourceQuotas.with('namespace', namespace)) queue.add(keyOf(quota));
	};
	// What is made is counted by the API server, as it lets it in; this controller counts again when something goes.
	const whenGone: OnChange<ApiObject> = ({before, now}) => {
		if (now === undefined && before !== undefined) wake(before);
	};
	resourceQuotas.onChange(({before, now}) => {
		if (now !== undefined && !sameAmounts(before?.spec?.hard, now.spec?.hard)) queue.add(keyOf(now));
		else if (now !== undefined && before === undefined) queue.add(keyOf(now));
	});
	pods.onChange(change => {
		whenGone(change);
		if (change.before !== undefined && change.now !== undefined && !isTerminal(change.before) && isTerminal(change.now)) wake(change.now);
	});
	for (const kind of ['services', 'configMaps', 'deployments', 'replicaSets'] as const) informers[kind].onChange(whenGone);
	let cancel: () => void = () => undefined;
	const resync = () => {
		for (const quota of resourceQuotas.all()) queue.add(keyOf(quota));
		cancel = clock.schedule(resyncMs, resync);
	};
	return {
		start() {
			queue.start();
			cancel = clock.schedule(resyncMs, resync);
		},
		stop() {
			cancel();
			return queue.stop();
		},
	};
}

function contentOf({informers}: ControllerContext, namespace: string) {
	const count = (objects: Iterable<ApiObject>) => [...objects].length;
	const services = [...informers.services.with('namespace', namespace)];
	const configMaps = count(informers.configMaps.with('namespace', namespace));
	const ofType = (type: string) => services.filter(({spec}) => spec.type === type).length;
	return {
		pods: [...informers.pods.with('namespace', namespace)],
		counts: {
			services: services.length,
			'count/services': services.length,
			'services.nodeports': ofType('NodePort'),
			'services.loadbalancers': ofType('LoadBalancer'),
			configmaps: configMaps,
			'count/configmaps': configMaps,
			'count/deployments.apps': count(informers.deployments.with('namespace', namespace)),
			'count/replicasets.apps': count(informers.replicaSets.with('namespace', namespace)),
		},
	};
}
