import type {DemoFacts, listDemo, NamedLine} from '../../demo/entry.ts';
import {kindWords} from '../../domain/kinds/kind-words.ts';

/** What `rollwatch demo --list` prints. */
export function demoList({scenarios, images, registries}: ReturnType<typeof listDemo>): string {
	return [
		...['Scenarios (rollwatch demo NAME; the first is the default):', ...table(scenarios), ''],
		...['Images that its nodes can run, from any registry:', ...table(images), ''],
		...['Registries that make trouble, as in private.example/app/nginx:1.22:', ...table(registries), ''],
	].join('\n');
}

function table(rows: readonly NamedLine[]): readonly string[] {
	const width = Math.max(...rows.map(({name}) => name.length));
	return rows.map(({name, text}) => `  ${name.padEnd(width)}  ${text}`);
}

/** What `--no-ui` prints: the one line to paste into another terminal, and what is there. */
export function demoNotes({namespace, opens, service, address, curl}: DemoFacts, kubeconfig: string): string {
	const host = curl.host === undefined ? '' : ` to requests for the host ${curl.host}`;
	const lines = [
		`export KUBECONFIG=${kubeconfig}`,
		`# ${kindWords[opens.kind].short}/${opens.name} in namespace ${namespace}`,
		...(address === '' ? [] : [`# svc/${service} answers at ${address}${host}`]),
		'# The context demo-viewer may only look. Ctrl-C ends the cluster.',
	];
	return `${lines.join('\n')}\n`;
}
