import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ClusterConnection, type ConnectOptions, connect} from '../../../src/cluster/connect.ts';
import {cleanup} from './cleanup.ts';

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
	const path = mkdtempSync(join(tmpdir(), 'rollwatch-cluster-io-'));
	cleanup(() => rmSync(path, {recursive: true, force: true}));
	return path;
}

export function writeFile(name: string, text: string, directory = temporaryDirectory()): string {
	const path = join(directory, name);
	writeFileSync(path, text);
	return path;
}

/** A kubeconfig of one context `test`; JSON is YAML. */
export function kubeconfigText(server: string, {cluster = {}, user = {}, context = {}}: {cluster?: object; user?: object; context?: object} = {}): string {
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'test',
		clusters: [{name: 'test-cluster', cluster: {server, ...cluster}}],
		users: [{name: 'test-user', user}],
		contexts: [{name: 'test', context: {cluster: 'test-cluster', user: 'test-user', ...context}}],
	});
}

/** A connection by a kubeconfig of its own, closed after the test. */
export async function connectTo(
	server: string,
	parts: {cluster?: object; user?: object; context?: object} = {},
	options: Partial<ConnectOptions> = {},
): Promise<ClusterConnection> {
	const kubeconfig = writeFile('config', kubeconfigText(server, parts));
	const connection = await connect({kubeconfig, env: {PATH: process.env.PATH, HOME: '/nonexistent'}, ...options});
	cleanup(() => connection.close());
	return connection;
}
