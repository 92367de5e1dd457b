import {type ApiClient, ApiError} from '../api-client.ts';

/** The kinds that pods get values and files from, as the kubelet's errors call them. */
export type DataKind = 'configmap' | 'secret';

/** Where to look. */
interface LoadOptions {
	readonly api: ApiClient;
	readonly namespace: string;
	readonly signal: AbortSignal;
}

/** The entries of a ConfigMap or Secret, as texts; undefined where there is no such object, or the API serves none of that kind. Throws when the API can't be asked. */
export async function loadData({api, namespace, signal}: LoadOptions, kind: DataKind, name: string): Promise<Record<string, string> | undefined> {
	try {
		const {data = {}} = (await api.send({path: `/api/v1/namespaces/${namespace}/${kind}s/${name}`, signal})) as {data?: Record<string, string>};
		if (kind === 'configmap') return data;
		return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
	} catch (error) {
		if (error instanceof ApiError && error.status === 404) return undefined;
		throw error;
	}
}
