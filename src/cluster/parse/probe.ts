import type {JsonValue} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import {maskStated, maskText} from '../../domain/mask-text.ts';
import type {Probe, ProbeText} from '../../domain/pod.ts';
import {plainText} from '../../domain/sanitise.ts';
import {countOf, objectOf, secondsOf, shownScalar, shownText} from './fields.ts';

/** What stands in a query may be a password; most paths have none. */
function pathText(value: JsonValue | undefined): string {
	const path = shownText(value) || '/';
	return path.includes('?') ? maskStated(path) : path;
}

/** A probe with its numbers, undefined without one. Defaults: kubernetes: apis/core/v1/defaults.go SetDefaults_Probe. */
export function parseProbe(value: JsonValue | undefined): Probe | undefined {
	const text = probeText(value);
	if (text === undefined) return undefined;
	const probe = objectOf(value);
	return {
		text,
		initialDelaySeconds: secondsOf(probe.initialDelaySeconds),
		periodSeconds: secondsOf(probe.periodSeconds) || 10,
		timeoutSeconds: secondsOf(probe.timeoutSeconds) || 1,
		successThreshold: countOf(probe.successThreshold) || 1,
		failureThreshold: countOf(probe.failureThreshold) || 3,
	};
}

/** What a probe asks, in one line for people: `GET :8080/healthz`, `TCP :8080`, `exec cat /ok`, `gRPC :9000`. */
function probeText(value: JsonValue | undefined): ProbeText | undefined {
	const {httpGet, tcpSocket, exec, grpc} = objectOf(value);
	if (isJsonObject(httpGet)) {
		const scheme = httpGet.scheme === 'HTTPS' ? 'https://' : '';
		return `GET ${scheme}${shownText(httpGet.host)}:${shownScalar(httpGet.port)}${pathText(httpGet.path)}`;
	}
	if (isJsonObject(tcpSocket)) return `TCP ${shownText(tcpSocket.host)}:${shownScalar(tcpSocket.port)}`;
	if (isJsonObject(grpc)) return `gRPC :${shownScalar(grpc.port)}`;
	if (!isJsonObject(exec)) return undefined;
	const words = Array.isArray(exec.command) ? exec.command.filter(word => typeof word === 'string') : [];
	return `exec ${maskText(plainText(words.join(' ')))}`;
}
