import type {JsonValue} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import type {ProbeText} from '../../domain/pod.ts';
import {plainText} from '../../domain/sanitise.ts';
import {objectOf, shownText} from './fields.ts';

/** A port by number or by name. */
function portText(value: JsonValue | undefined): string {
	return typeof value === 'number' ? String(value) : shownText(value);
}

/** What a probe asks, in one line for people: `GET :8080/healthz`, `TCP :8080`, `exec cat /ok`, `gRPC :9000`; undefined without a probe. */
export function probeText(value: JsonValue | undefined): ProbeText | undefined {
	const {httpGet, tcpSocket, exec, grpc} = objectOf(value);
	if (isJsonObject(httpGet)) {
		const scheme = httpGet.scheme === 'HTTPS' ? 'https://' : '';
		return `GET ${scheme}${shownText(httpGet.host)}:${portText(httpGet.port)}${shownText(httpGet.path) || '/'}`;
	}
	if (isJsonObject(tcpSocket)) return `TCP ${shownText(tcpSocket.host)}:${portText(tcpSocket.port)}`;
	if (isJsonObject(grpc)) return `gRPC :${portText(grpc.port)}`;
	if (!isJsonObject(exec)) return undefined;
	const words = Array.isArray(exec.command) ? exec.command.filter(word => typeof word === 'string') : [];
	return `exec ${plainText(words.join(' '))}`;
}
