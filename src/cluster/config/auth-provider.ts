import {maskComplaint} from '../../domain/mask-complaint.ts';
import {ClusterError, messageOf} from '../errors.ts';
import type {KubeCluster, KubeUser} from './kubeconfig.ts';

/** Gives the `Authorization` header; renews its tokens by itself. */
export type AuthProvider = () => Promise<string | undefined>;

/**
 * The old `auth-provider` users (oidc, gcp, azure), through @kubernetes/client-node. Loaded only when a kubeconfig has one: the library costs
 * 30 ms and 10 MB, and nobody else needs it. Throws ClusterError `config` where the provider fails.
 */
export async function createAuthProvider(user: KubeUser, cluster: KubeCluster): Promise<AuthProvider> {
	const {KubeConfig} = await import('@kubernetes/client-node/dist/config.js');
	const config = new KubeConfig();
	// Only the header is used, never its agent; without skipTLSVerify it refuses plain HTTP servers.
	config.loadFromClusterAndUser({name: cluster.name, server: cluster.server, skipTLSVerify: true}, {name: user.name, authProvider: user.raw['auth-provider']});
	return async () => {
		const options: {headers: Record<string, string>} = {headers: {}};
		try {
			await config.applyToHTTPSOptions(options);
		} catch (error) {
			throw new ClusterError(`the auth provider of user "${user.name}" failed: ${maskComplaint(messageOf(error), []).slice(0, 200)}`, {
				kind: 'config',
				hint: 'log in again',
				cause: error,
			});
		}
		return options.headers.Authorization;
	};
}
