import type {RawAnswer} from './both-servers.ts';
import {definitionRequests} from './definition-requests.ts';
import {otherRequests, podRequests, workloadRequests} from './kind-requests.ts';
import {listRequests, objectRequests} from './object-requests.ts';
import type {TableRequest} from './request.ts';
import {setRequests} from './set-requests.ts';
import {steeringRequests} from './steering-requests.ts';

/** All tables, by topic. */
export const requestTables: Readonly<Record<string, readonly TableRequest[]>> = {
	objects: objectRequests,
	lists: listRequests,
	pods: podRequests,
	workloads: workloadRequests,
	others: otherRequests,
	definitions: definitionRequests,
	steering: steeringRequests,
	sets: setRequests,
};

/** A table with the namespace that it needs made before and deleted after it. */
export function inNamespace(table: readonly TableRequest[]): readonly TableRequest[] {
	const path = '/api/v1/namespaces';
	return [
		{why: 'its namespace', method: 'POST', path, body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'NS'}}},
		...table,
		{why: 'done', method: 'DELETE', path: `${path}/NS`, ignore: ['.status.conditions']},
	];
}

/** What of an answer has to agree. */
export function seen(answer: RawAnswer | undefined, {wordsDiffer}: TableRequest): unknown {
	if (wordsDiffer === undefined || answer === undefined) return answer;
	return {code: answer.code, reason: (answer.body as {reason?: string}).reason};
}

/** The answers as a fixture: a line each. */
export function recorded(requests: readonly TableRequest[], answers: readonly RawAnswer[]): string {
	const lines = requests.map((request, index) => JSON.stringify({why: `${request.method} ${request.why}`, answer: seen(answers[index], request)}));
	return `[\n${lines.join(',\n')}\n]\n`;
}
