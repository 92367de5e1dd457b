import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isJsonList, isJsonObject} from '../../domain/json-kind.ts';

/**
 * A pod template as the API server would store it in a ReplicaSet: the fields that are not given get their defaults. A template in an object of a custom kind has
 * none, so that it would differ from its own ReplicaSet's in all of them. kubernetes: pkg/apis/core/v1/defaults.go.
 */
export function withTemplateDefaults(template: JsonObject): JsonObject {
	if (!isJsonObject(template.spec)) return template;
	return {...template, spec: podSpec(template.spec)};
}

/** What is given stands. */
const defaulted = (object: JsonObject, defaults: JsonObject): JsonObject => ({...defaults, ...object});

const each = (value: JsonValue | undefined, change: (object: JsonObject) => JsonObject): JsonValue | undefined =>
	isJsonList(value) ? value.map(item => (isJsonObject(item) ? change(item) : item)) : value;

/** The fields that are there, changed. */
function inside(object: JsonObject, changes: Readonly<Record<string, (value: JsonValue) => JsonValue | undefined>>): JsonObject {
	const changed = Object.entries(changes).flatMap(([key, change]) => {
		const value = object[key];
		const after = value === undefined || value === null ? undefined : change(value);
		return after === undefined ? [] : [[key, after] as const];
	});
	return {...object, ...Object.fromEntries(changed)};
}

const objectWith = (defaults: JsonObject) => (value: JsonValue) => (isJsonObject(value) ? defaulted(value, defaults) : value);

function podSpec(spec: JsonObject): JsonObject {
	const account = typeof spec.serviceAccountName === 'string' ? {serviceAccount: spec.serviceAccountName} : {};
	return inside(
		defaulted(spec, {
			restartPolicy: 'Always',
			terminationGracePeriodSeconds: 30,
			dnsPolicy: 'ClusterFirst',
			securityContext: {},
			schedulerName: 'default-scheduler',
			...account,
		}),
		{
			containers: list => each(list, one => container(one, spec.hostNetwork === true)),
			initContainers: list => each(list, one => container(one, spec.hostNetwork === true)),
			volumes: list => each(list, volume),
		},
	);
}

/** `Always` of what may be another image tomorrow. */
function pullPolicy(image: JsonValue | undefined): string {
	const name = typeof image === 'string' ? image : '';
	const last = name.slice(name.lastIndexOf('/') + 1);
	return !name.includes('@') && (!last.includes(':') || last.endsWith(':latest')) ? 'Always' : 'IfNotPresent';
}

function container(one: JsonObject, isHostNetwork: boolean): JsonObject {
	return inside(
		defaulted(one, {
			resources: {},
			terminationMessagePath: '/dev/termination-log',
			terminationMessagePolicy: 'File',
			imagePullPolicy: pullPolicy(one.image),
		}),
		{
			ports: list =>
				each(list, port => defaulted(port, {protocol: 'TCP', ...(isHostNetwork && port.containerPort !== undefined ? {hostPort: port.containerPort} : {})})),
			env: list => each(list, variable),
			livenessProbe: probe,
			readinessProbe: probe,
			startupProbe: probe,
			lifecycle: value => (isJsonObject(value) ? inside(value, {postStart: handler, preStop: handler}) : value),
		},
	);
}

const httpGet = objectWith({path: '/', scheme: 'HTTP'});
const handler = (value: JsonValue) => (isJsonObject(value) ? inside(value, {httpGet}) : value);

function probe(value: JsonValue): JsonValue {
	if (!isJsonObject(value)) return value;
	const whole = defaulted(value, {timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3});
	return inside(whole, {httpGet, grpc: objectWith({service: ''})});
}

const fieldRef = objectWith({apiVersion: 'v1'});

function variable(one: JsonObject): JsonObject {
	return inside(one, {
		valueFrom: from => (isJsonObject(from) ? inside(from, {fieldRef, resourceFieldRef: objectWith({divisor: '0'})}) : from),
	});
}

const mode = objectWith({defaultMode: 420});
const files = (value: JsonValue) => (isJsonObject(value) ? inside(value, {items: list => each(list, item => inside(item, {fieldRef}))}) : value);

function volume(one: JsonObject): JsonObject {
	const sources = Object.keys(one).filter(key => key !== 'name');
	return inside(sources.length === 0 ? {...one, emptyDir: {}} : one, {
		secret: mode,
		configMap: mode,
		downwardAPI: value => files(mode(value)),
		hostPath: objectWith({type: ''}),
		projected: value => projected(mode(value)),
	});
}

function projected(value: JsonValue): JsonValue {
	if (!isJsonObject(value)) return value;
	const source = (one: JsonObject) => inside(one, {serviceAccountToken: objectWith({expirationSeconds: 3600}), downwardAPI: files});
	return inside(value, {sources: list => each(list, source)});
}
