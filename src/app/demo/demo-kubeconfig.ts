import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Where the embedded cluster is and who we are to it. */
export type DemoAccess = {readonly url: string; readonly ca: string; readonly tokens: Readonly<Record<string, string>>; readonly namespace: string};

/** A file for kubectl's KUBECONFIG that is there as long as the demo. */
export type DemoKubeconfig = {readonly path: string; readonly remove: () => void};

/** Writes the file, for its owner only, with a context for each user; the first one's is `demo` and the current one. However the process ends by itself, it goes. */
export function writeDemoKubeconfig({url, ca, tokens, namespace}: DemoAccess): DemoKubeconfig {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-demo-'));
	const path = join(folder, 'kubeconfig');
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'demo',
		clusters: [{name: 'demo', cluster: {server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
		users: Object.entries(tokens).map(([name, token]) => ({name, user: {token}})),
		contexts: Object.keys(tokens).map((user, index) => ({name: index === 0 ? 'demo' : `demo-${user}`, context: {cluster: 'demo', user, namespace}})),
	};
	// JSON is YAML, too.
	writeFileSync(path, `${JSON.stringify(config, undefined, 2)}\n`, {mode: 0o600});
	const remove = () => {
		process.off('exit', remove);
		rmSync(folder, {recursive: true, force: true});
	};
	process.on('exit', remove);
	return {path, remove};
}
