import {nearest} from '../../domain/nearest.ts';
import {ClusterError} from '../errors.ts';
import type {KubeCluster, KubeContext, Kubeconfig, KubeUser} from './kubeconfig.ts';

/** A context with what it refers to. A context without user is anonymous. */
export type ChosenContext = {readonly context: KubeContext; readonly cluster: KubeCluster; readonly user: KubeUser | undefined};

function fail(message: string, hint: string): never {
	throw new ClusterError(message, {kind: 'config', hint});
}

function contextNamed(config: Kubeconfig, name: string | undefined): KubeContext {
	const names = [...config.contexts.keys()];
	const choices = names.length === 0 ? 'the kubeconfig has no contexts' : `contexts: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
	if (name === undefined) return fail('the kubeconfig sets no current context', `choose one with --context (${choices})`);
	const context = config.contexts.get(name);
	if (context !== undefined) return context;
	const near = nearest(name, names);
	return fail(`there is no context "${name}" in the kubeconfig`, near === undefined ? choices : `did you mean "${near}"? ${choices}`);
}

function isUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The wanted context (absent: the current one) with its cluster and user. Throws ClusterError `config` where one of them is missing or useless. */
export function chooseContext(config: Kubeconfig, wanted: string | undefined): ChosenContext {
	const context = contextNamed(config, wanted ?? config.currentContext);
	const cluster = config.clusters.get(context.cluster);
	if (cluster === undefined)
		return fail(
			`context "${context.name}" names the cluster "${context.cluster}", which the kubeconfig does not have`,
			'mend the kubeconfig, or choose another --context',
		);
	// kubectl takes a server without a scheme as http(s) too; an empty one would silently mean localhost.
	const server = cluster.server !== '' && !cluster.server.includes('://') ? `http://${cluster.server}` : cluster.server;
	if (!isUrl(server)) return fail(`cluster "${cluster.name}" of context "${context.name}" has no usable server address`, 'mend `server:` in the kubeconfig');
	const user = context.user === undefined ? undefined : config.users.get(context.user);
	if (context.user !== undefined && user === undefined)
		return fail(
			`context "${context.name}" names the user "${context.user}", which the kubeconfig does not have`,
			'mend the kubeconfig, or choose another --context',
		);
	return {context, cluster: {...cluster, server}, user};
}
