import type {JsonObject} from '../domain/json.ts';
import type {Application} from '../domain/release.ts';
import type {Sending} from './command-failure.ts';
import type {CommandOptions} from './command-options.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectOf, objectsOf, textOf} from './parse/fields.ts';
import {releasePath} from './read-release.ts';

/** The number that ends the name of an ApplicationRevision: `shop-v3`. */
function numberOfRevision(name: string | undefined): number | undefined {
	const digits = /-v(\d+)$/.exec(name ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** The spec of the newest revision before the latest. Throws ClusterError where there is none. */
async function previousSpec({name, namespace, latestRevision}: Application, {connection}: CommandOptions): Promise<JsonObject> {
	const path = `/apis/core.oam.dev/v1beta1/namespaces/${encodeURIComponent(namespace)}/applicationrevisions`;
	const list = await connection.json({path, query: {labelSelector: `app.oam.dev/name=${name}`}});
	const latest = numberOfRevision(latestRevision) ?? Number.POSITIVE_INFINITY;
	const numbered = objectsOf(isRawObject(list) ? list.items : undefined).flatMap(revision => {
		const number = numberOfRevision(textOf(objectOf(revision.metadata).name));
		return number === undefined || number >= latest ? [] : [{number, revision}];
	});
	const [before] = numbered.toSorted((left, right) => right.number - left.number);
	const spec = objectOf(objectOf(objectOf(before?.revision.spec).application).spec);
	if (Object.keys(spec).length === 0) {
		throw new ClusterError(`application "${name}" has no revision before ${latestRevision ?? 'this one'}`, {kind: 'invalid', hint: 'apply its file of before'});
	}
	return spec;
}

/**
 * Takes the Application back to the spec of the revision before, for one without publishVersion: KubeVela then makes it anew, and OpenKruise sees the old template
 * and cancels its rollout. Gives the API server's warnings. Throws ClusterError.
 */
export async function rollBackApplication(application: Application, options: CommandOptions, sending: Sending): Promise<readonly string[]> {
	const spec = await previousSpec(application, options);
	sending.sent = true;
	const {warnings} = await options.connection.answer({
		method: 'PATCH',
		path: releasePath(application),
		query: {dryRun: options.dryRun === true ? 'All' : undefined},
		contentType: 'application/json-patch+json',
		body: JSON.stringify([
			{op: 'test', path: '/metadata/resourceVersion', value: application.resourceVersion},
			{op: 'replace', path: '/spec', value: spec},
		]),
	});
	return warnings;
}
