import type {NodePlace} from '../../domain/mix/route-facts.ts';
import {objectOf, objectsOf, textOf} from './fields.ts';
import {isHostPattern} from './host.ts';
import {parseMetadata} from './metadata.ts';

/** The addresses at which a Node can be reached; empty for what no API server would serve. Never throws. */
export function parseNodePlaces(raw: unknown): readonly NodePlace[] {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return [];
	const status = objectOf(parsed.object.status);
	const ready = objectsOf(status.conditions).some(({type, status: value}) => type === 'Ready' && value === 'True');
	return objectsOf(status.addresses).flatMap(({type, address}) => {
		const text = textOf(address);
		if (text === undefined || !isHostPattern(text) || (type !== 'ExternalIP' && type !== 'InternalIP')) return [];
		return [{node: parsed.metadata.name, address: text, external: type === 'ExternalIP', ready}];
	});
}
