import {at, type JsonObject, numberAt, textAt} from '../json.ts';
import type {Rules, StoredAs, StoredObject} from '../resource.ts';
import type {Cause} from '../status-error.ts';
import {required, wrong} from './causes.ts';

/** kube-apiserver: --event-ttl. */
const lifetimeMs = 3_600_000;

/** Events. They are stored as the core group's. kubernetes: pkg/registry/core/event. */
export const eventRules: Rules = {
	createOnUpdate: true,
	lifetimeMs,
	validate: event => namespaceCauses(event, 'involvedObject'),
	fields: {
		'involvedObject.kind': event => textAt(event, 'involvedObject', 'kind'),
		'involvedObject.namespace': event => textAt(event, 'involvedObject', 'namespace'),
		'involvedObject.name': event => textAt(event, 'involvedObject', 'name'),
		'involvedObject.uid': event => textAt(event, 'involvedObject', 'uid'),
		'involvedObject.apiVersion': event => textAt(event, 'involvedObject', 'apiVersion'),
		'involvedObject.resourceVersion': event => textAt(event, 'involvedObject', 'resourceVersion'),
		'involvedObject.fieldPath': event => textAt(event, 'involvedObject', 'fieldPath'),
		reason: event => textAt(event, 'reason'),
		reportingComponent: event => textAt(event, 'reportingComponent') || textAt(event, 'source', 'component'),
		source: event => textAt(event, 'source', 'component') || textAt(event, 'reportingComponent'),
		type: event => textAt(event, 'type'),
	},
};

/** The same as events.k8s.io sees them. */
export const newEventRules: Rules = {
	createOnUpdate: true,
	lifetimeMs,
	validate: event => [...namespaceCauses(event, 'regarding'), ...strictCauses(event)],
	fields: {
		'regarding.kind': event => textAt(event, 'regarding', 'kind'),
		'regarding.namespace': event => textAt(event, 'regarding', 'namespace'),
		'regarding.name': event => textAt(event, 'regarding', 'name'),
		'regarding.uid': event => textAt(event, 'regarding', 'uid'),
		'regarding.apiVersion': event => textAt(event, 'regarding', 'apiVersion'),
		'regarding.resourceVersion': event => textAt(event, 'regarding', 'resourceVersion'),
		'regarding.fieldPath': event => textAt(event, 'regarding', 'fieldPath'),
		reason: event => textAt(event, 'reason'),
		reportingController: event => textAt(event, 'reportingController') || textAt(event, 'deprecatedSource', 'component'),
		type: event => textAt(event, 'type'),
	},
};

/** Events lie beside what they tell of; those of objects without a namespace in `default`. kubernetes: pkg/apis/core/validation/events.go. */
function namespaceCauses(event: JsonObject, member: string): readonly Cause[] {
	const own = textAt(event, 'metadata', 'namespace');
	const namespace = textAt(event, member, 'namespace');
	const isRight = namespace === '' ? own === 'default' || own === 'kube-system' || textAt(event, member, 'kind') !== 'Node' : namespace === own;
	return isRight ? [] : [wrong('involvedObject.namespace', namespace, 'does not match event.namespace')];
}

/** Events of the new group must say who tells them and what was done. kubernetes: pkg/apis/core/validation/events.go ValidateEventCreate. */
function strictCauses(event: JsonObject): readonly Cause[] {
	const needed = ['eventTime', 'reportingController', 'reportingInstance', 'action', 'reason'].filter(field => textAt(event, field) === '');
	const tooLong = [
		['reportingInstance', 128],
		['action', 128],
		['reason', 128],
		['note', 1024],
	] as const;
	const old = ['deprecatedFirstTimestamp', 'deprecatedLastTimestamp', 'deprecatedCount'].filter(field => Boolean(event[field]));
	const type = textAt(event, 'type');
	return [
		...needed.map(field => required(field)),
		...tooLong.flatMap(([field, most]) =>
			Buffer.byteLength(textAt(event, field)) > most ? [wrong(field === 'note' ? 'message' : field, '', `can have at most ${most} characters`)] : [],
		),
		...(type === 'Normal' || type === 'Warning' ? [] : [wrong('type', '', `has invalid value: ${type}`)]),
		...old.map(field => wrong(field, '', 'needs to be unset')),
	];
}

/** How the two versions of an event turn into each other. kubernetes: pkg/apis/events/v1/conversion.go. */
export const storedAsCoreEvent: StoredAs = {
	group: '',
	plural: 'events',
	toStorage(event) {
		const {kind, metadata, regarding, note, deprecatedSource, deprecatedFirstTimestamp, deprecatedLastTimestamp, deprecatedCount, reportingController} = event;
		return {
			kind,
			apiVersion: 'v1',
			metadata,
			involvedObject: regarding ?? {},
			...some({reason: event.reason, message: note}),
			source: deprecatedSource ?? {},
			firstTimestamp: deprecatedFirstTimestamp ?? null,
			lastTimestamp: deprecatedLastTimestamp ?? null,
			...some({count: deprecatedCount, type: event.type}),
			eventTime: event.eventTime ?? null,
			...some({series: event.series, action: event.action, related: event.related}),
			reportingComponent: reportingController ?? '',
			reportingInstance: event.reportingInstance ?? '',
		};
	},
	fromStorage(event): StoredObject {
		const series = at(event, 'series');
		return {
			kind: event.kind,
			apiVersion: 'events.k8s.io/v1',
			metadata: event.metadata,
			eventTime: event.eventTime ?? null,
			...some({series, reportingController: textAt(event, 'reportingComponent'), reportingInstance: textAt(event, 'reportingInstance')}),
			...some({action: event.action, reason: event.reason}),
			regarding: event.involvedObject ?? {},
			...some({related: event.related, note: event.message, type: event.type}),
			deprecatedSource: event.source ?? {},
			deprecatedFirstTimestamp: event.firstTimestamp ?? null,
			deprecatedLastTimestamp: event.lastTimestamp ?? null,
			...some({deprecatedCount: numberAt(event, 'count')}),
		};
	},
};

/** Without what is not there or empty. */
function some(members: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== '' && value !== 0));
}
