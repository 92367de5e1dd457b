import type {ApiObject} from '../../api-object.ts';
import {controllerReference} from '../owners.ts';
import {find} from './apply.ts';
import type {Application, ApplicationStatus, Rendered} from './kinds.ts';
import {publishVersionKey} from './kinds.ts';
import {publishVersionOf, shortHash, type VelaPass, velaPath} from './vela-pass.ts';

type LatestRevision = NonNullable<ApplicationStatus['latestRevision']>;

/** The revision that an Application has to make; undefined while its spec is the latest one (kubevela: application_revision.go). */
export async function newRevision({context: {api}, application}: VelaPass): Promise<LatestRevision | undefined> {
	const {metadata, spec, status} = application;
	const latest = status?.latestRevision;
	const revisionHash = shortHash(spec);
	const version = publishVersionOf(application);
	if (latest !== undefined && version === undefined && latest.revisionHash === revisionHash) return undefined;
	if (latest !== undefined && version !== undefined) {
		const known = await find(api, velaPath('applicationrevisions', metadata.namespace, latest.name));
		if (known?.metadata.annotations?.[publishVersionKey] === version) return undefined;
	}
	const revision = await nextNumber(api, application);
	return {name: `${metadata.name}-v${revision}`, revision, revisionHash};
}

async function nextNumber(api: VelaPass['context']['api'], {metadata, status}: Application): Promise<number> {
	const {items} = (await api.send({path: velaPath('applicationrevisions', metadata.namespace)})) as {items: readonly ApiObject[]};
	const own = items.filter(({metadata: each}) => each.labels?.['app.oam.dev/name'] === metadata.name);
	const numbers = own.map(({metadata: each}) => Number(each.name.slice(each.name.lastIndexOf('-v') + 2)) || 0);
	return Math.max(status?.latestRevision?.revision ?? 0, ...numbers) + 1;
}

/** Keeps the spec as it is, under the revision's name. */
export async function storeRevision({context: {api}, application}: VelaPass, {name, revisionHash}: LatestRevision): Promise<void> {
	const {apiVersion, kind, metadata, spec} = application;
	const {namespace, annotations = {}, finalizers = []} = metadata;
	const body = {
		apiVersion,
		kind: 'ApplicationRevision',
		metadata: {
			name,
			annotations,
			labels: {'app.oam.dev/app-revision-hash': revisionHash, 'app.oam.dev/name': metadata.name},
			ownerReferences: [controllerReference(application)],
		},
		spec: {application: {apiVersion, kind, metadata: {name: metadata.name, namespace, annotations, finalizers}, spec, status: {}}, compression: {}},
	};
	await api.send({method: 'POST', path: velaPath('applicationrevisions', namespace), body});
}

/** The revision has been brought about; a rollback goes to such ones only. */
export async function markSucceeded({context: {api}, application}: VelaPass, workflow: object): Promise<void> {
	const {namespace} = application.metadata;
	const path = velaPath('applicationrevisions', namespace, application.status?.latestRevision?.name ?? '');
	if ((await find(api, path)) === undefined) return;
	const body = {status: {succeeded: true, workflow}};
	await api.send({method: 'PATCH', path: `${path}/status`, body, contentType: 'application/merge-patch+json'});
}

function trackerName({metadata: {name, namespace}}: Application, revision: number): string {
	return `${name}-v${revision}-${namespace}`;
}

/** Writes down what a revision is made of. */
export async function trackResources({context: {api}, application}: VelaPass, objects: readonly Rendered[]): Promise<void> {
	const {metadata, status} = application;
	const {revision = 0, name: appRevision = ''} = status?.latestRevision ?? {};
	const name = trackerName(application, revision);
	if ((await find(api, velaPath('resourcetrackers', undefined, name))) !== undefined) return;
	const managedResources = objects.map(({apiVersion, kind, name: object, trait, body}) => {
		const raw = {apiVersion, kind, name: object, namespace: metadata.namespace, component: object, raw: body};
		return trait === undefined ? raw : {...raw, trait};
	});
	const labels = {
		'app.oam.dev/appRevision': appRevision,
		'app.oam.dev/name': metadata.name,
		'app.oam.dev/namespace': metadata.namespace,
		'app.oam.dev/uid': metadata.uid,
	};
	const version = publishVersionOf(application);
	const annotations = version === undefined ? {} : {[publishVersionKey]: version};
	const spec = {applicationGeneration: metadata.generation ?? 1, type: 'versioned', compression: {}, managedResources};
	const body = {apiVersion: 'core.oam.dev/v1beta1', kind: 'ResourceTracker', metadata: {name, labels, annotations}, spec};
	await api.send({method: 'POST', path: velaPath('resourcetrackers', undefined), body});
}

/** What other revisions were made of is forgotten; with `keep` undefined all of it. */
export async function forgetResources({context: {api}, application}: VelaPass, keep: number | undefined): Promise<void> {
	const {items} = (await api.send({path: velaPath('resourcetrackers', undefined)})) as {items: readonly ApiObject[]};
	const kept = keep === undefined ? undefined : trackerName(application, keep);
	for (const {metadata} of items) {
		const isOwn = metadata.labels?.['app.oam.dev/uid'] === application.metadata.uid;
		if (isOwn && metadata.name !== kept) await api.send({method: 'DELETE', path: velaPath('resourcetrackers', undefined, metadata.name)});
	}
}
