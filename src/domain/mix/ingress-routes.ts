import {headerText, throughDoor} from './front-door.ts';
import {type DeclaredWeight, plainChoice, type RouteChoice} from './route-choice.ts';
import type {IngressPath, RouteFacts} from './route-facts.ts';

/** A host and path, the Ingress that takes its requests, and those that take a part of them. */
type Entrance = {readonly main: IngressPath; readonly canaries: readonly IngressPath[]};

function entrancesOf(paths: readonly IngressPath[]): readonly Entrance[] {
	const isSame = (left: IngressPath, right: IngressPath) => left.host === right.host && left.path === right.path;
	return paths
		.filter(({canary}) => canary === undefined)
		.map(main => ({main, canaries: paths.filter(other => other.canary !== undefined && isSame(other, main))}));
}

function weightsOf({main, canaries}: Entrance): readonly DeclaredWeight[] {
	const parts = canaries.flatMap(({service, canary}) => (canary?.weight === undefined ? [] : [{service, weight: canary.weight}]));
	if (parts.length === 0) return [];
	const rest = Math.max(0, 1 - parts.reduce((sum, {weight}) => sum + weight, 0));
	return [{service: main.service, weight: rest}, ...parts];
}

const measures = 'what comes in at its front door: the ingress controller’s choice, its weights and affinity included';
const not = 'what stands before the controller, and pods that talk to the Service without it';

function portOf({port, tls}: IngressPath): number {
	return port ?? (tls ? 443 : 80);
}

function choiceOf(entrance: Entrance): RouteChoice {
	const {ingress, host, path, tls, addresses} = entrance.main;
	const [address] = addresses;
	return {
		...plainChoice,
		...throughDoor({host, address, https: tls, port: portOf(entrance.main), path, headers: []}),
		id: `ingress/${ingress}/${host}${path}`,
		title: `Ingress ${ingress}`,
		route: 'url',
		measures,
		not,
		unavailable: host === '' && address === undefined ? 'it has neither a host nor an address: no controller has taken it' : undefined,
		declaredWeights: weightsOf(entrance),
	};
}

/** The same door with the header that a canary asks for. */
function canaryChoices(entrance: Entrance): readonly RouteChoice[] {
	const whole = choiceOf(entrance);
	const {host, path, tls, addresses} = entrance.main;
	return entrance.canaries.flatMap(({ingress, canary}) => {
		if (canary?.header === undefined) return [];
		const headers = [canary.header];
		const users = headerText(headers);
		return [
			{
				...whole,
				...throughDoor({host, address: addresses[0], https: tls, port: portOf(entrance.main), path, headers}),
				id: `${whole.id} ${users}`,
				title: `Ingress ${ingress}, for the users of its canary`,
				measures: `what users with the header ${users} get`,
				not: 'what everybody else gets',
				declaredWeights: [],
			},
		];
	});
}

/** Nobody knows whether there are any. */
function unseen(why: string): RouteChoice {
	return {...plainChoice, id: 'ingress', title: 'Ingress', route: 'url', target: 'https://HOST/', measures, not, unavailable: why};
}

/** Through the Ingresses that lead to one of the Services; where a canary asks for a header, also with it. */
export function ingressRoutes({ingresses, services}: RouteFacts): readonly RouteChoice[] {
	if ('unknown' in ingresses) return [unseen(ingresses.unknown)];
	const names = new Set(services.map(({service}) => service.name));
	return entrancesOf(ingresses.known)
		.filter(({main, canaries}) => [main, ...canaries].some(({service}) => names.has(service)))
		.flatMap(entrance => [choiceOf(entrance), ...canaryChoices(entrance)]);
}
