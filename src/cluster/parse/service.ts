import type {JsonObject, JsonValue} from '../../domain/json.ts';
import type {Service, ServicePort} from '../../domain/service.ts';
import {objectOf, objectsOf, portNumberOf, shownText, textMapOf, textOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';

function targetPortOf(value: JsonValue | undefined): number | string | undefined {
	return portNumberOf(value) ?? textOf(value);
}

function portOf(port: JsonObject): readonly ServicePort[] {
	const number = portNumberOf(port.port);
	if (number === undefined) return [];
	return [
		{
			name: shownText(port.name),
			port: number,
			protocol: shownText(port.protocol) || 'TCP',
			targetPort: targetPortOf(port.targetPort),
			nodePort: portNumberOf(port.nodePort),
		},
	];
}

/** A Service as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseService(raw: unknown): Service | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {uid, name, namespace, resourceVersion} = parsed.metadata;
	const spec = objectOf(parsed.object.spec);
	return {
		uid,
		name,
		namespace,
		resourceVersion,
		type: shownText(spec.type) || 'ClusterIP',
		clusterIp: textOf(spec.clusterIP),
		sessionAffinity: shownText(spec.sessionAffinity) || 'None',
		selector: textMapOf(spec.selector),
		ports: objectsOf(spec.ports).flatMap(portOf),
	};
}
