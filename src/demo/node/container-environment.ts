import type {ApiClient} from '../api-client.ts';
import type {ApiPod} from './api-pod.ts';
import {type DataKind, loadData} from './load-data.ts';
import type {ContainerSpec, EnvFrom, EnvVar} from './pod-spec.ts';

type Environment = Record<string, string>;

/** What the values may refer to. */
interface EnvironmentOptions {
	readonly api: ApiClient;
	readonly pod: ApiPod;
	readonly container: ContainerSpec;
	readonly podIp: string;
	readonly nodeIp: string;
	readonly signal: AbortSignal;
}

type Load = (kind: DataKind, name: string) => Promise<Environment | undefined>;

/** A container's environment; throws an error in the kubelet's words when something that it refers to is not there. */
export async function containerEnvironment(options: EnvironmentOptions): Promise<Environment> {
	const {container} = options;
	const objects = new Map<string, Promise<Environment | undefined>>();
	const load: Load = (kind, name) => {
		const key = `${kind}/${name}`;
		const loading = objects.get(key) ?? loadData({...options, namespace: options.pod.metadata.namespace}, kind, name);
		objects.set(key, loading);
		return loading;
	};
	const env: Environment = {};
	for (const from of container.envFrom ?? []) Object.assign(env, await importedValues(from, load));
	for (const variable of container.env ?? []) {
		const value = await variableValue(variable, env, options, load);
		if (value !== undefined) env[variable.name] = value;
	}
	return env;
}

/** Puts values in the place of `$(NAME)`; what is unknown stays, and `$$` is a dollar sign (third_party/forked/golang/expansion). */
export function expand(text: string, env: Readonly<Environment>): string {
	return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name?: string) => (name === undefined ? '$' : Object.hasOwn(env, name) ? (env[name] ?? '') : whole));
}

async function importedValues({prefix = '', configMapRef, secretRef}: EnvFrom, load: Load): Promise<Environment> {
	const source = configMapRef ?? secretRef;
	if (source === undefined) return {};
	const kind = configMapRef === undefined ? 'secret' : 'configmap';
	const data = await load(kind, source.name);
	if (data === undefined && source.optional !== true) throw new Error(`${kind} "${source.name}" not found`);
	return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [prefix + key, value]));
}

async function variableValue({value = '', valueFrom}: EnvVar, env: Environment, options: EnvironmentOptions, load: Load): Promise<string | undefined> {
	if (value !== '' || valueFrom === undefined) return expand(value, env);
	if (valueFrom.fieldRef !== undefined) return fieldValue(valueFrom.fieldRef.fieldPath, options);
	const source = valueFrom.configMapKeyRef ?? valueFrom.secretKeyRef;
	if (source === undefined) return '';
	const kind = valueFrom.configMapKeyRef === undefined ? 'secret' : 'configmap';
	const {name, key, optional} = source;
	const data = await load(kind, name);
	if (data !== undefined && Object.hasOwn(data, key)) return data[key];
	if (optional === true) return undefined;
	if (data === undefined) throw new Error(`${kind} "${name}" not found`);
	throw new Error(`couldn't find key ${key} in ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${options.pod.metadata.namespace}/${name}`);
}

function fieldValue(path: string, {pod: {metadata, spec}, podIp, nodeIp}: EnvironmentOptions): string {
	const keyed = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path);
	if (keyed !== null) return metadata[keyed[1] === 'labels' ? 'labels' : 'annotations']?.[keyed[2] ?? ''] ?? '';
	const fields: Readonly<Record<string, string | undefined>> = {
		'metadata.name': metadata.name,
		'metadata.namespace': metadata.namespace,
		'metadata.uid': metadata.uid,
		'spec.nodeName': spec.nodeName,
		'spec.serviceAccountName': spec.serviceAccountName,
		'status.hostIP': nodeIp,
		'status.hostIPs': nodeIp,
		'status.podIP': podIp,
		'status.podIPs': podIp,
	};
	return fields[path] ?? '';
}
