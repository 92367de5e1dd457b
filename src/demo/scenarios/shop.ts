import {deployment, oneMore, service} from './manifests.ts';

/** The namespace of the shop, and its Deployment's, container's and Service's name. */
export const shopNamespace = 'shop';
export const shopName = 'shop';

/** The release that works. */
export const shopImage = 'registry.example/shop/testpage:0.8';

const labels = {app: shopName};

/** The shop as it was before anything went wrong. `spec`: what of the Deployment's is the scenario's own. */
export function shopObjects(spec: Readonly<Record<string, unknown>>): readonly object[] {
	return [
		deployment({
			name: shopName,
			labels,
			replicas: 3,
			image: shopImage,
			changeCause: 'release 0.8',
			container: {ports: [{containerPort: 8080}], readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}},
			podSpec: {terminationGracePeriodSeconds: 5},
			spec: {...oneMore, ...spec},
		}),
		service(shopName, labels, {port: 80, targetPort: 8080}),
	];
}
