import type {AuditEvent} from '../../cluster/audit-event.ts';
import {selectorText} from '../../domain/service-selector.ts';
import type {Deed, DeedFacts} from './deed.ts';

/** The K8sEvent's action; its reason is the same with our name before it. */
const actionNames: Readonly<Record<Deed['action'], string>> = {
	pause: 'Pause',
	resume: 'Resume',
	undo: 'Undo',
	scale: 'Scale',
	restart: 'Restart',
	'set-image': 'SetImage',
	'delete-pod': 'DeletePod',
	continue: 'Continue',
	'promote-full': 'PromoteFull',
	abort: 'Abort',
	retry: 'Retry',
	'set-partition': 'SetPartition',
	'to-step': 'ToStep',
	select: 'Select',
	'curl-pod': 'CreateCurlPod',
	'delete-curl-pod': 'DeleteCurlPod',
};

/** What the K8sEvent of an accepted action says; undefined where none is to be written. `at`: epoch ms. */
export function auditEventOf(deed: Deed, after: DeedFacts, user: string | undefined, at: number): AuditEvent | undefined {
	const {regarding, action} = deed;
	if (regarding === undefined) return undefined;
	return {regarding, action: actionNames[action], note: `${user ?? 'somebody'} ${didText(deed, after)} (rollwatch)`, at};
}

function didText({action, object, before}: Deed, after: DeedFacts): string {
	const images = after.images === undefined || imagesOf(before) === imagesOf(after) ? '' : `, ${imagesOf(before)} → ${imagesOf(after)}`;
	switch (action) {
		case 'pause':
			return 'paused the rollout';
		case 'resume':
			return 'resumed the rollout';
		case 'undo':
			return `rolled back from revision ${before.revision ?? '?'} to ${after.revision ?? 'the one before'}${images}`;
		case 'scale':
			return `scaled from ${before.replicas} to ${after.replicas} replicas`;
		case 'restart':
			return 'restarted all pods';
		case 'set-image':
			return `changed the image${images}`;
		case 'continue':
			return 'continued past the step that waited';
		case 'promote-full':
			return 'promoted past all steps that were left';
		case 'abort':
			return 'aborted the rollout';
		case 'retry':
			return 'retried the aborted rollout';
		case 'set-partition':
			return 'set the partition';
		case 'to-step':
			return 'went to another step';
		case 'select':
			return `changed the selector, ${selectorOf(before)} → ${selectorOf(after)}`;
		default:
			return `${action === 'curl-pod' ? 'created' : 'deleted'} ${object}`;
	}
}

function imagesOf({images = []}: DeedFacts): string {
	return images.join(' ');
}

function selectorOf({selector = {}}: DeedFacts): string {
	return selectorText(selector) || 'none';
}
