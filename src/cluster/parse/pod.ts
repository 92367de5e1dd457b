import type {Pod} from '../../domain/pod.ts';
import {parseConditions} from './condition.ts';
import {parseContainerStatuses, parseContainers} from './container.ts';
import {objectOf, objectsOf, secondsOf, shownText, shownTexts, textOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {share} from './share.ts';

/** A pod as the API gives it; undefined for what no API server would serve. Never throws. */
export function parsePod(raw: unknown): Pod | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {annotations: _, ...kept} = parsed.metadata;
	const metadata = objectOf(parsed.object.metadata);
	const spec = objectOf(parsed.object.spec);
	const status = objectOf(parsed.object.status);
	const nodeName = textOf(spec.nodeName);
	return {
		...kept,
		deletionGraceSeconds:
			kept.deletedAt === undefined || metadata.deletionGracePeriodSeconds === undefined ? undefined : secondsOf(metadata.deletionGracePeriodSeconds),
		finalizers: share(shownTexts(metadata.finalizers)),
		nodeName: nodeName === undefined ? undefined : share(shownText(nodeName)),
		ip: textOf(status.podIP),
		phase: share(shownText(status.phase)),
		reason: shownText(status.reason),
		message: shownText(status.message),
		conditions: parseConditions(status.conditions),
		schedulingGates: share(objectsOf(spec.schedulingGates).map(({name}) => shownText(name))),
		initContainers: share(parseContainers(spec.initContainers)),
		containers: share(parseContainers(spec.containers)),
		initContainerStatuses: parseContainerStatuses(status.initContainerStatuses),
		containerStatuses: parseContainerStatuses(status.containerStatuses),
	};
}
