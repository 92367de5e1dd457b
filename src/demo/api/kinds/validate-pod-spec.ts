import {type JsonObject, objectsAt, textAt} from '../json.ts';
import type {Cause} from '../status-error.ts';
import {nameCauses} from '../write/object-name.ts';
import {duplicate, required, unsupported, wrong} from './causes.ts';

/** What is wrong with a pod's spec, as far as people get it wrong. kubernetes: pkg/apis/core/validation/validation.go. */
export function podSpecCauses(spec: JsonObject, path: string): readonly Cause[] {
	const containers = objectsAt(spec, 'containers');
	return [
		...(containers.length === 0 ? [required(`${path}.containers`)] : []),
		...containersCauses(containers, `${path}.containers`),
		...containersCauses(objectsAt(spec, 'initContainers'), `${path}.initContainers`),
		...oneOf(spec.restartPolicy, `${path}.restartPolicy`, ['Always', 'OnFailure', 'Never']),
		...oneOf(spec.dnsPolicy, `${path}.dnsPolicy`, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']),
		...graceCauses(spec, path),
	];
}

function oneOf(value: JsonObject[string], path: string, supported: readonly string[]): readonly Cause[] {
	return value === undefined || supported.includes(String(value)) ? [] : [unsupported(path, value, supported)];
}

function graceCauses({terminationGracePeriodSeconds: grace}: JsonObject, path: string): readonly Cause[] {
	return typeof grace === 'number' && grace < 0 ? [wrong(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than or equal to 0')] : [];
}

function containersCauses(containers: readonly JsonObject[], path: string): readonly Cause[] {
	const names = new Set<string>();
	return containers.flatMap((container, index) => {
		const at = `${path}[${index}]`;
		const name = textAt(container, 'name');
		const isKnown = name !== '' && names.has(name);
		names.add(name);
		return [
			...(name === '' ? [required(`${at}.name`)] : nameCauses(name, {rules: {nameRule: 'label'}}, `${at}.name`)),
			...(isKnown ? [duplicate(`${at}.name`, name)] : []),
			...imageCauses(textAt(container, 'image'), `${at}.image`),
			...oneOf(container.imagePullPolicy, `${at}.imagePullPolicy`, ['Always', 'IfNotPresent', 'Never']),
			...portsCauses(objectsAt(container, 'ports'), `${at}.ports`),
			...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe => probeCauses(container[probe] as JsonObject | undefined, `${at}.${probe}`)),
		];
	});
}

function imageCauses(image: string, path: string): readonly Cause[] {
	if (image === '') return [required(path)];
	return image === image.trim() ? [] : [wrong(path, image, 'must not have leading or trailing whitespace')];
}

function portsCauses(ports: readonly JsonObject[], path: string): readonly Cause[] {
	return ports.flatMap(({containerPort, protocol, name}, index) => [
		...(typeof name === 'string' ? portNameCauses(name, `${path}[${index}].name`) : []),
		...(containerPort === undefined || containerPort === 0
			? [required(`${path}[${index}].containerPort`)]
			: portCauses(containerPort, `${path}[${index}].containerPort`)),
		...oneOf(protocol, `${path}[${index}].protocol`, ['SCTP', 'TCP', 'UDP']),
	]);
}

/** apimachinery: IsValidPortName. */
export function portNameCauses(name: string, path: string): readonly Cause[] {
	const texts = [...(name.length > 15 ? ['must be no more than 15 characters'] : []), ...portNameTexts(name)];
	return texts.map(text => wrong(path, name, text));
}

function portNameTexts(name: string): readonly string[] {
	return [
		...(/^[-a-z0-9]+$/.test(name) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
		...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
		...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
		...(/^-|-$/.test(name) ? ['must not begin or end with a hyphen'] : []),
	];
}

/** A port that one can connect to. */
export function portCauses(port: JsonObject[string], path: string): readonly Cause[] {
	return typeof port === 'number' && port >= 1 && port <= 65_535 ? [] : [wrong(path, port, 'must be between 1 and 65535, inclusive')];
}

function probeCauses(probe: JsonObject | undefined, path: string): readonly Cause[] {
	if (probe === undefined) return [];
	const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'].filter(name => probe[name] !== undefined);
	const numbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];
	return [
		...(handlers.length === 0 ? [required(path, 'must specify a handler type')] : []),
		...handlers
			.slice(1)
			.map(name => ({reason: 'FieldValueForbidden', message: 'Forbidden: may not specify more than 1 handler type', field: `${path}.${name}`})),
		...numbers.flatMap(name =>
			typeof probe[name] === 'number' && (probe[name] as number) < 0 ? [wrong(`${path}.${name}`, probe[name], 'must be greater than or equal to 0')] : [],
		),
	];
}
