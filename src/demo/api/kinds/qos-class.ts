import {parseQuantity} from '../../quantity.ts';
import {type JsonObject, objectAt, objectsAt} from '../json.ts';

/** How well a pod is treated when its node runs out of room. kubernetes: pkg/apis/core/helper/qos. */
export function qosClassOf(spec: JsonObject): 'BestEffort' | 'Burstable' | 'Guaranteed' {
	const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
	const isBare = containers.every(container => !['cpu', 'memory'].some(name => hasAny(container, name)));
	if (isBare) return 'BestEffort';
	return containers.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

function hasAny(container: JsonObject, name: string): boolean {
	return objectAt(container, 'resources', 'requests')[name] !== undefined || objectAt(container, 'resources', 'limits')[name] !== undefined;
}

function isGuaranteed(container: JsonObject): boolean {
	return ['cpu', 'memory'].every(name => {
		const request = objectAt(container, 'resources', 'requests')[name];
		const limit = objectAt(container, 'resources', 'limits')[name];
		return limit !== undefined && (request === undefined || parseQuantity(request)?.nanos === parseQuantity(limit)?.nanos);
	});
}
