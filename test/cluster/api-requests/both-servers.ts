import {Agent, request} from 'undici';
import type {TableRequest} from './request.ts';

/** An API server as the table reaches it. */
export interface AskedServer {
	readonly url: string;
	readonly token: string;
	readonly ca?: string;
}

export interface RawAnswer {
	readonly code: number;
	readonly contentType: string;
	readonly body: unknown;
}

/** Sends the table's requests in order; the answers without what no two servers have in common. */
export async function answersOf(server: AskedServer, table: readonly TableRequest[], namespace: string): Promise<readonly RawAnswer[]> {
	const dispatcher = new Agent({connect: server.ca === undefined ? {} : {ca: server.ca}});
	try {
		const answers: RawAnswer[] = [];
		for (const each of table) answers.push(await askPatiently(server, each, namespace, dispatcher));
		return answers;
	} finally {
		await dispatcher.close();
	}
}

async function askPatiently(server: AskedServer, each: TableRequest, namespace: string, dispatcher: Agent): Promise<RawAnswer> {
	for (let left = each.retryOn404 === true ? 100 : 0; ; left--) {
		const answer = await ask(server, each, namespace, dispatcher);
		if (answer.code !== 404 || left === 0) return answer;
		await new Promise(resolve => setTimeout(resolve, 100));
	}
}

async function ask(
	server: AskedServer,
	{method, path, body, contentType, headers, ignore = []}: TableRequest,
	namespace: string,
	dispatcher: Agent,
): Promise<RawAnswer> {
	const named = (text: string) => text.replaceAll(/\bNS\b/g, namespace);
	const text = body === undefined ? null : named(typeof body === 'string' ? body : JSON.stringify(body));
	const sent = {
		authorization: `Bearer ${server.token}`,
		accept: 'application/json',
		'user-agent': 'table',
		...(text === null ? {} : {'content-type': contentType ?? 'application/json'}),
		...headers,
	};
	const answer = await request(server.url + named(path), {method, headers: sent, body: text, dispatcher});
	const received = await answer.body.text();
	return {
		code: answer.statusCode,
		contentType: String(answer.headers['content-type'] ?? '').split(';')[0] ?? '',
		body: comparable(parsed(received), ['', ...ignore], namespace),
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

const volatile = new Set([
	'uid',
	'resourceVersion',
	'creationTimestamp',
	'managedFields',
	'deletionTimestamp',
	'lastTransitionTime',
	'lastUpdateTime',
	'selfLink',
	'continue',
]);

/** Without identities and times; `ignored` are dotted paths, `*` is any list item. */
function comparable(value: unknown, ignored: readonly string[], namespace: string, path = ''): unknown {
	if (typeof value === 'string') return value.replaceAll(namespace, 'NS').replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID');
	if (Array.isArray(value)) return value.map(item => comparable(item, ignored, namespace, `${path}.*`));
	if (typeof value !== 'object' || value === null) return value;
	const members = Object.entries(value).filter(([key]) => !volatile.has(key) && !ignored.includes(`${path}.${key}`));
	return Object.fromEntries(members.map(([key, member]) => [key, comparable(member, ignored, namespace, `${path}.${key}`)]));
}
