import {fill, type JsonObject, mapObject, mapObjects} from '../json.ts';

/** A pod's or a template's spec with what it does not say. kubernetes: pkg/apis/core/v1/defaults.go. */
export function defaultPodSpec(spec: JsonObject): JsonObject {
	const filled = fill(spec, {
		dnsPolicy: 'ClusterFirst',
		restartPolicy: 'Always',
		securityContext: {},
		terminationGracePeriodSeconds: 30,
		schedulerName: 'default-scheduler',
	});
	// The old name of the account is kept in step with the new one.
	const named = typeof filled.serviceAccountName === 'string' ? fill(filled, {serviceAccount: filled.serviceAccountName}) : filled;
	const containers = mapObjects(mapObjects(named, 'containers', defaultContainer), 'initContainers', defaultContainer);
	return mapObjects(containers, 'volumes', defaultVolume);
}

function defaultContainer(container: JsonObject): JsonObject {
	const {image} = container;
	const filled = fill(container, {
		imagePullPolicy: tagOf(typeof image === 'string' ? image : '') === 'latest' ? 'Always' : 'IfNotPresent',
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
	});
	let result = mapObjects(filled, 'ports', port => fill(port, {protocol: 'TCP'}));
	for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) result = mapObject(result, probe, defaultProbe);
	result = mapObject(result, 'lifecycle', lifecycle => mapObject(mapObject(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler));
	return mapObjects(result, 'env', defaultEnv);
}

function defaultEnv(variable: JsonObject): JsonObject {
	return mapObject(variable, 'valueFrom', source => mapObject(source, 'fieldRef', field => fill(field, {apiVersion: 'v1'})));
}

function defaultProbe(probe: JsonObject): JsonObject {
	return defaultHandler(fill(probe, {timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3}));
}

function defaultHandler(handler: JsonObject): JsonObject {
	return mapObject(handler, 'httpGet', get => fill(get, {path: '/', scheme: 'HTTP'}));
}

function defaultVolume(volume: JsonObject): JsonObject {
	if (Object.keys(volume).every(key => key === 'name')) return {...volume, emptyDir: {}};
	let result = volume;
	for (const source of ['secret', 'configMap', 'downwardAPI', 'projected']) result = mapObject(result, source, member => fill(member, {defaultMode: 0o644}));
	return mapObject(result, 'hostPath', member => fill(member, {type: ''}));
}

/** The tag of an image; `latest` when it says neither tag nor digest. */
function tagOf(image: string): string {
	const rest = image.slice(image.lastIndexOf('/') + 1);
	if (rest.includes('@')) return '';
	const at = rest.indexOf(':');
	return at < 0 ? 'latest' : rest.slice(at + 1);
}

/** A template with defaults. */
export function defaultTemplate(template: JsonObject): JsonObject {
	return mapObject(template, 'spec', defaultPodSpec);
}
