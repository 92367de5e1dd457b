import type {JsonObject} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import type {K8sEvent} from '../../domain/k8s-event.ts';
import {countOf, objectOf, shownText, textOf, timeOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';

/** core/v1 names the fields differently from events.k8s.io/v1, which keeps the old ones as `deprecated…`. */
function timesOf(event: JsonObject): Pick<K8sEvent, 'firstAt' | 'lastAt' | 'count'> {
	const series = objectOf(event.series);
	const first = timeOf(event.firstTimestamp ?? event.deprecatedFirstTimestamp);
	const last = timeOf(event.lastTimestamp ?? event.deprecatedLastTimestamp);
	const eventTime = timeOf(event.eventTime);
	// kubectl's order: printers.go printEvent.
	const lastAt = timeOf(series.lastObservedTime) ?? last ?? first ?? eventTime;
	const count = isJsonObject(event.series) ? countOf(series.count) : countOf(event.count ?? event.deprecatedCount);
	return {firstAt: first ?? eventTime, lastAt, count: Math.max(1, count)};
}

function sourceOf(event: JsonObject): string {
	const {component} = objectOf(event.source ?? event.deprecatedSource);
	return shownText(component) || shownText(event.reportingComponent ?? event.reportingController);
}

/** A K8sEvent of core/v1 or events.k8s.io/v1; undefined for one that is about nothing. Never throws. */
export function parseK8sEvent(raw: unknown): K8sEvent | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {object, metadata} = parsed;
	const about = objectOf(object.involvedObject ?? object.regarding);
	const name = textOf(about.name);
	if (name === undefined) return undefined;
	return {
		uid: metadata.uid,
		resourceVersion: metadata.resourceVersion,
		type: shownText(object.type),
		reason: shownText(object.reason),
		message: shownText(object.message ?? object.note),
		...timesOf(object),
		source: sourceOf(object),
		object: {kind: shownText(about.kind), name: shownText(name), uid: textOf(about.uid) ?? ''},
	};
}
