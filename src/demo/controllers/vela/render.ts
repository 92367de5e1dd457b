import type {Application, Component, Rendered, RenderedBody, Trait} from './kinds.ts';
import {publishVersionKey} from './kinds.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What the objects of a component are made for. */
interface Owner {
	readonly application: Application;
	readonly component: Component;
}

/** The objects that an Application's component stands for (kubevela: vela-templates/definitions, webservice, scaler, lifecycle, gateway; the addon kruise-rollout). */
export function render(application: Application, component: Component): readonly Rendered[] {
	const owner = {application, component};
	return [workload(owner), ...(component.traits ?? []).flatMap(trait => traitObjects(owner, trait))];
}

function traitObjects(owner: Owner, trait: Trait): readonly Rendered[] {
	if (trait.type === 'gateway') return gateway(owner, trait.properties ?? {});
	return trait.type === 'kruise-rollout' ? [rollout(owner, trait.properties ?? {})] : [];
}

function object(
	{application, component}: Owner,
	trait: string | undefined,
	what: {apiVersion: string; kind: string; spec: Properties; annotations?: object},
): Rendered {
	const {apiVersion, kind, spec, annotations} = what;
	const {name, namespace, annotations: given = {}} = application.metadata;
	const {latestRevision} = application.status ?? {};
	const version = given[publishVersionKey];
	const type = trait === undefined ? {'workload.oam.dev/type': component.type} : {'trait.oam.dev/type': trait, 'trait.oam.dev/resource': kind.toLowerCase()};
	const labels = {
		'app.oam.dev/app-revision-hash': latestRevision?.revisionHash ?? '',
		'app.oam.dev/appRevision': latestRevision?.name ?? '',
		'app.oam.dev/component': component.name,
		'app.oam.dev/name': name,
		'app.oam.dev/namespace': namespace,
		'app.oam.dev/resourceType': trait === undefined ? 'WORKLOAD' : 'TRAIT',
		...type,
	};
	const metadata = {name: component.name, namespace, labels, annotations: {...(version === undefined ? {} : {[publishVersionKey]: version}), ...annotations}};
	const body: RenderedBody = {apiVersion, kind, metadata, spec};
	return {apiVersion, kind, name: component.name, trait, body};
}

function selector({component}: Owner) {
	return {'app.oam.dev/component': component.name};
}

function workload(owner: Owner): Rendered {
	const {application, component} = owner;
	const {image, ports = [], readinessProbe, livenessProbe, env, cmd} = component.properties ?? {};
	const scaler = component.traits?.find(({type}) => type === 'scaler')?.properties?.replicas;
	const containerPorts = (ports as readonly {port: number}[]).map(({port}) => ({name: `port-${port}`, containerPort: port, protocol: 'TCP'}));
	const lifecycle = component.traits?.find(({type}) => type === 'lifecycle')?.properties;
	const given = Object.entries({readinessProbe, livenessProbe, env, command: cmd, lifecycle}).filter(([, value]) => value !== undefined);
	const container = {name: component.name, image, ports: containerPorts, ...Object.fromEntries(given)};
	const labels = {...selector(owner), 'app.oam.dev/name': application.metadata.name};
	const template = {metadata: {labels}, spec: {containers: [container]}};
	const spec = {replicas: typeof scaler === 'number' ? scaler : 1, selector: {matchLabels: selector(owner)}, template};
	return object(owner, undefined, {apiVersion: 'apps/v1', kind: 'Deployment', spec});
}

/** A Service, and an Ingress that leads to it. */
function gateway(owner: Owner, {domain, http = {}, class: ingressClass = 'nginx'}: Properties): readonly Rendered[] {
	const {name} = owner.component;
	const paths = Object.entries(http as Readonly<Record<string, number>>);
	const ports = paths.map(([, port]) => ({name: `port-${port}`, port, targetPort: port}));
	const unique = ports.filter(({port}, index) => ports.findIndex(other => other.port === port) === index);
	const backends = paths.map(([path, number]) => ({path, pathType: 'ImplementationSpecific', backend: {service: {name, port: {number}}}}));
	const rules = [{...(domain === undefined ? {} : {host: domain}), http: {paths: backends}}];
	return [
		object(owner, 'gateway', {apiVersion: 'v1', kind: 'Service', spec: {selector: selector(owner), ports: unique}}),
		object(owner, 'gateway', {
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			annotations: {'kubernetes.io/ingress.class': ingressClass},
			spec: {rules},
		}),
	];
}

/** Kruise's Rollout, in the version that the addon writes; each step waits for a person unless it says how long. */
function rollout(owner: Owner, {canary}: Properties): Rendered {
	const {steps = [], trafficRoutings = []} = (canary ?? {}) as {steps?: readonly Properties[]; trafficRoutings?: readonly {type?: string}[]};
	const {name} = owner.component;
	const routings = trafficRoutings.map(({type = 'nginx', ...rest}) => ({service: name, ingress: {name, classType: type}, ...rest}));
	const strategy = {canary: {steps: steps.map(step => ({pause: {}, ...step})), ...(routings.length === 0 ? {} : {trafficRoutings: routings})}};
	const workloadRef = {apiVersion: 'apps/v1', kind: 'Deployment', name};
	return object(owner, 'kruise-rollout', {apiVersion: 'rollouts.kruise.io/v1alpha1', kind: 'Rollout', spec: {objectRef: {workloadRef}, strategy}});
}
