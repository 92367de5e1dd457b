import {readFileSync} from 'node:fs';
import type {JsonObject} from '../../../src/domain/json.ts';

/** Requests to a Service of a real cluster, next to what its watches told. */
export type Recording = 'roll-v2' | 'delete-pod';

function lines(recording: Recording, file: string): readonly string[] {
	return readFileSync(new URL(`../../fixtures/captures/${recording}/${file}`, import.meta.url), 'utf8')
		.trim()
		.split('\n');
}

/** Each request: when, the pod that answered, its status. */
export function requests(recording: Recording): readonly {readonly at: number; readonly podName: string; readonly status: number}[] {
	return lines(recording, 'requests.txt').map(line => {
		const [, time, podName, status] = /^(\S+) This is v\d running in pod (\S+) (\d+)$/.exec(line) ?? [];
		if (time === undefined || podName === undefined) throw new Error(`not a request: ${line}`);
		return {at: Date.parse(time), podName, status: Number(status)};
	});
}

/** The names of the ready endpoints' pods, from when on. */
export function readyPods(recording: Recording): readonly {readonly at: number; readonly podNames: readonly string[]}[] {
	return lines(recording, 'endpointslices.ndjson').map(line => {
		const {t, object} = JSON.parse(line);
		const ready = object.endpoints.filter((endpoint: {conditions: {ready: boolean}}) => endpoint.conditions.ready);
		return {at: Date.parse(t), podNames: ready.map((endpoint: {targetRef: {name: string}}) => endpoint.targetRef.name)};
	});
}
/** The pods' watch events as they were read. */
export function podEvents(recording: Recording): readonly {readonly at: number; readonly type: string; readonly object: JsonObject}[] {
	return lines(recording, 'pods.ndjson').map(line => {
		const {t, type, object} = JSON.parse(line);
		return {at: Date.parse(t), type, object};
	});
}
