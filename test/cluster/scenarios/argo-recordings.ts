import {readFileSync} from 'node:fs';

/** A request that Argo's own kubectl plugin sent, or that created the objects of a recording. */
export interface ArgoRequest {
	readonly method: string;
	readonly path: string;
	readonly contentType: string;
	readonly body: unknown;
}

type Recordings = Readonly<Record<string, readonly {readonly did: string; readonly requests: readonly ArgoRequest[]}[]>>;

/** The requests of the recordings of Argo Rollouts v1.9.0, one list for each; the status is left out of whole objects. */
const recordings: Recordings = JSON.parse(readFileSync(new URL('../../fixtures/progressive/argo-requests.json', import.meta.url), 'utf8'));

/** What a recorded step sent, as if in the namespace. The namespaces of recordings bear their names. */
export function recordedRequests(recording: string, did: string, namespace: string): readonly ArgoRequest[] {
	const step = recordings[recording]?.find(step => step.did.startsWith(did));
	if (step === undefined) throw new Error(`the recording ${recording} has no step "${did}"`);
	return step.requests.map(request => moved(request, recording, namespace));
}

/** What created the objects that a recording begins with. */
export function recordedObjects(recording: string, namespace: string): readonly ArgoRequest[] {
	const steps = recordings[recording] ?? [];
	return steps.flatMap(({requests}) => requests.filter(({method}) => method === 'POST').map(request => moved(request, recording, namespace)));
}

function moved(request: ArgoRequest, from: string, to: string): ArgoRequest {
	const text = JSON.stringify(request).replaceAll(`/namespaces/${from}/`, `/namespaces/${to}/`).replaceAll(`"namespace":"${from}"`, `"namespace":"${to}"`);
	return JSON.parse(text);
}
