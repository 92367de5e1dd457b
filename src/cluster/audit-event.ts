import {randomBytes} from 'node:crypto';
import {shortText} from '../domain/short-text.ts';
import type {ClusterConnection} from './connect.ts';

/** What was done, to be told to whoever looks at the object. */
export type AuditEvent = {
	readonly regarding: {readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace: string; readonly uid: string};
	/** `Undo`; the reason is `RollwatchUndo`. */
	readonly action: string;
	readonly note: string;
	/** Epoch ms. */
	readonly at: number;
};

// kubernetes: pkg/apis/core/validation/events.go NoteLengthLimit, in bytes.
const longestNote = 1000;
/** Nobody waits for it. */
const timeoutMs = 5000;
/** Of this run of the program: what it told itself it need not be told by the watch. */
export const ownInstance = `rollwatch-${randomBytes(4).toString('hex')}`;

/** Writes a K8sEvent of an object, without annotations or labels. Throws ClusterError. */
export async function writeAuditEvent(connection: Pick<ClusterConnection, 'json'>, {regarding, action, note, at}: AuditEvent): Promise<void> {
	const {namespace, name} = regarding;
	const body = {
		apiVersion: 'events.k8s.io/v1',
		kind: 'Event',
		// As client-go names them, with room for the longest name of an object.
		metadata: {namespace, name: `${name.slice(0, 220).replace(/[^a-z0-9]+$/, '')}.${randomBytes(8).toString('hex')}`},
		eventTime: new Date(at).toISOString().replace('Z', '000Z'),
		reportingController: 'rollwatch',
		reportingInstance: ownInstance,
		action,
		reason: `Rollwatch${action}`,
		regarding,
		note: noteOf(note),
		type: 'Normal',
	};
	const path = `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/events`;
	await connection.json({method: 'POST', path, contentType: 'application/json', body: JSON.stringify(body), timeoutMs});
}

/** The API server counts bytes. */
function noteOf(text: string): string {
	const note = shortText(text, longestNote);
	return Buffer.byteLength(note) <= longestNote ? note : shortText(text, longestNote / 4);
}
