import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Evidence, RawObject} from './situation.ts';

/** What the API server writes for itself or as a default, and no rule looks at. */
const leftOut = new Set([
	...['managedFields', 'resourceVersion', 'imageID', 'containerID', 'reportingInstance', 'qosClass', 'tolerations', 'hostIPs', 'podIPs', 'volumeMounts'],
	...[
		'dnsPolicy',
		'schedulerName',
		'securityContext',
		'terminationMessagePath',
		'terminationMessagePolicy',
		'enableServiceLinks',
		'preemptionPolicy',
		'priority',
	],
]);

/** Keeps the objects of a situation as a fixture: one JSON file, one object a line, as the real cluster sent them but for what nobody reads. */
export function keep(folder: string, name: string, {deployment, replicaSets, pods, events, now}: Evidence): void {
	const lists = Object.entries({replicaSets, pods, events}).map(([kind, objects]) => `"${kind}": [\n${objects.map(line).join(',\n')}\n]`);
	const parts = [`"time": ${JSON.stringify(new Date(now).toISOString())}`, `"deployment": ${line(deployment)}`, ...lists];
	writeFileSync(join(folder, `${name}.json`), `{\n${parts.join(',\n')}\n}\n`);
}

function line(object: RawObject | undefined): string {
	return JSON.stringify(object, (key, value) => (leftOut.has(key) ? undefined : value));
}
