import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import type {ContainerPort, ContainerSpec, ContainerState, ContainerStatus, Termination} from '../../domain/pod.ts';
import {countOf, numberOf, objectOf, objectsOf, portNumberOf, shownScalar, shownText, timeOf} from './fields.ts';
import {parseProbe} from './probe.ts';

function portOf(port: JsonObject): readonly ContainerPort[] {
	const number = portNumberOf(port.containerPort);
	return number === undefined ? [] : [{name: shownText(port.name), port: number, protocol: shownText(port.protocol) || 'TCP'}];
}

/** `spec.containers` or `spec.initContainers`. */
export function parseContainers(value: JsonValue | undefined): readonly ContainerSpec[] {
	return objectsOf(value).map(container => ({
		name: shownText(container.name),
		image: shownText(container.image),
		sidecar: container.restartPolicy === 'Always',
		readinessProbe: parseProbe(container.readinessProbe),
		livenessProbe: parseProbe(container.livenessProbe),
		startupProbe: parseProbe(container.startupProbe),
		// Some write plain bytes as a number.
		memoryLimit: shownScalar(objectOf(objectOf(container.resources).limits).memory) || undefined,
		ports: objectsOf(container.ports).flatMap(portOf),
	}));
}

function terminationOf(terminated: JsonObject): Termination {
	return {
		exitCode: numberOf(terminated.exitCode) ?? 0,
		signal: numberOf(terminated.signal) ?? 0,
		reason: shownText(terminated.reason),
		message: shownText(terminated.message),
		startedAt: timeOf(terminated.startedAt),
		finishedAt: timeOf(terminated.finishedAt),
	};
}

/** Exactly one member is set; where the API leaves all out, nothing is known. */
function stateOf({waiting, running, terminated}: JsonObject): ContainerState {
	if (isJsonObject(waiting)) return {kind: 'waiting', reason: shownText(waiting.reason), message: shownText(waiting.message)};
	if (isJsonObject(running)) return {kind: 'running', startedAt: timeOf(running.startedAt)};
	if (isJsonObject(terminated)) return {kind: 'terminated', ...terminationOf(terminated)};
	return {kind: 'none'};
}

/** `status.containerStatuses` or `status.initContainerStatuses`, in the API's order: the STATUS column depends on it. */
export function parseContainerStatuses(value: JsonValue | undefined): readonly ContainerStatus[] {
	return objectsOf(value).map(status => {
		const {terminated} = objectOf(status.lastState);
		return {
			name: shownText(status.name),
			image: shownText(status.image),
			ready: status.ready === true,
			started: typeof status.started === 'boolean' ? status.started : undefined,
			restartCount: countOf(status.restartCount),
			state: stateOf(objectOf(status.state)),
			lastTermination: isJsonObject(terminated) ? terminationOf(terminated) : undefined,
		};
	});
}
