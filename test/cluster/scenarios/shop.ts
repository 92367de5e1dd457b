import {onSuiteNodes} from './placement.ts';

/** A small shop: three Deployments, a StatefulSet and a DaemonSet of one label, rolled out together. */
export const shopSelector = 'app=shop';

export const shopWorkloads = [
	['Deployment', 'web'],
	['Deployment', 'api'],
	['Deployment', 'pay'],
	['StatefulSet', 'db'],
	['DaemonSet', 'agent'],
] as const;

export type ShopImages = Readonly<Partial<Record<(typeof shopWorkloads)[number][1], string>>>;

/** Its objects; `images`: of some of them another than the first. */
export function shop(images: ShopImages = {}): readonly object[] {
	return shopWorkloads.map(([kind, name]) => {
		const labels = {app: 'shop', part: name};
		const container = {name: 'app', image: images[name] ?? 'luksa/kubia:v1', readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1}};
		const template = {metadata: {labels}, spec: {affinity: onSuiteNodes, terminationGracePeriodSeconds: 1, containers: [container]}};
		return {
			apiVersion: 'apps/v1',
			kind,
			metadata: {name, labels: {app: 'shop'}},
			spec: {
				...(kind === 'DaemonSet' ? {} : {replicas: 2}),
				...(kind === 'StatefulSet' ? {serviceName: name} : {}),
				// Short enough for a test to see it pass.
				...(kind === 'Deployment' ? {progressDeadlineSeconds: 20} : {}),
				selector: {matchLabels: {part: name}},
				template,
			},
		};
	});
}
