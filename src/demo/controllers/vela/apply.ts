import {isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import {pathOf} from '../paths.ts';
import type {Rendered} from './kinds.ts';
import {shortHash, type VelaPass} from './vela-pass.ts';

const renderHash = 'oam.dev/render-hash';

const plurals: Readonly<Record<string, string>> = {Deployment: 'deployments', Service: 'services', Ingress: 'ingresses', Rollout: 'rollouts'};

/** An object with what became of it. */
export interface Applied {
	readonly rendered: Rendered;
	readonly live: ApiObject;
}

/**
 * Makes objects what was rendered, where they were rendered anew; what others changed in them since stays. Gives them as they are then, a Rollout with
 * what it said before: KubeVela's cache is behind what its writes set off.
 */
export async function applyAll(pass: VelaPass, rendered: readonly Rendered[]): Promise<readonly Applied[]> {
	const {api} = pass.context;
	const known = await Promise.all(rendered.map(each => find(api, `${collectionOf(each)}/${each.name}`)));
	const applied: Applied[] = [];
	for (const [index, each] of rendered.entries()) applied.push(await apply(pass, each, known[index]));
	return applied;
}

function collectionOf({apiVersion, kind, body}: Rendered): string {
	return pathOf(apiVersion, plurals[kind] ?? '', body.metadata.namespace);
}

async function apply({context: {api}}: VelaPass, rendered: Rendered, known: ApiObject | undefined): Promise<Applied> {
	const {kind, name, body} = rendered;
	const hash = shortHash(body);
	const whole = {...body, metadata: {...body.metadata, labels: {...body.metadata.labels, [renderHash]: hash}}};
	const path = collectionOf(rendered);
	if (known === undefined) return {rendered, live: (await api.send({method: 'POST', path, body: whole})) as ApiObject};
	if (known.metadata.labels?.[renderHash] === hash) return {rendered, live: known};
	// A list in a built-in kind is merged by its keys; custom kinds have no such thing.
	const contentType = kind === 'Rollout' ? 'application/merge-patch+json' : 'application/strategic-merge-patch+json';
	const live = (await api.send({method: 'PATCH', path: `${path}/${name}`, body: whole, contentType})) as ApiObject;
	return {rendered, live: kind === 'Rollout' ? {...live, status: known.status} : live};
}

/** What is there; undefined when it is not. */
export async function find<T extends ApiObject>(api: VelaPass['context']['api'], path: string): Promise<T | undefined> {
	try {
		return (await api.send({path})) as T;
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw error;
	}
}

/** Takes away what was made for an Application. */
export async function unapply({context: {api}}: VelaPass, {apiVersion, kind, name, body}: Rendered): Promise<void> {
	try {
		await api.send({method: 'DELETE', path: pathOf(apiVersion, plurals[kind] ?? '', body.metadata.namespace, name)});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}
