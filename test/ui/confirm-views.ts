import type {ConfirmView} from '../../src/store/confirm-views.ts';
import type {ScreenView} from '../../src/store/views.ts';
import type {ScreenPorts} from '../../src/ui/ports.ts';
import {blocked, undoConfirm} from './views.ts';

/** Confirmations as the selectors make them, for what the keys of a workload's screen ask. */

const place = {...undoConfirm, context: 'staging', keeps: [], facts: [], notes: []} satisfies ConfirmView;
const kubectl = (words: string) => `kubectl --context=staging --namespace=web ${words}`;

/** Where a mistake is dear. */
export const protectedScreen: ScreenView = {...blocked, isProtected: true};
export const protectedUndo: ConfirmView = {...undoConfirm, facts: ['1 of 4 pods is of revision 3, 3 of revision 2.'], typeName: 'kubia'};

const promote: ConfirmView = {
	...place,
	command: {kind: 'resume'},
	title: 'Promote revision 3 of kubia?',
	changes: [{label: 'spec.paused', from: 'true', to: 'false'}],
	facts: ['3 of 8 pods are of revision 3, 5 of revision 2.', 'Measured: v3 answered 36% of 60 requests, 2 of its 24 failed (8%).'],
	notes: ['The rollout goes on at once: the other 5 pods are replaced, too. u goes back instead.'],
	kubectl: kubectl('rollout resume deployment/kubia'),
};

const restart: ConfirmView = {
	...place,
	command: {kind: 'restart'},
	title: 'Restart kubia?',
	changes: [{label: 'restartedAt', from: '(not set)', to: 'now'}],
	notes: [
		'A new revision of the same template replaces all 3 pods, with up to 1 more and 0 fewer at a time.',
		'Argo CD (application shop) keeps it: auto-sync with self-heal will, within seconds, revert this.',
	],
	kubectl: kubectl('rollout restart deployment/kubia'),
};

const deletePod: ConfirmView = {
	...place,
	command: {kind: 'delete-pod', pod: 'kubia-7c9d5f7b9d-x2x7k', uid: 'x2x7k'},
	title: 'Delete the pod kubia-7c9d5f7b9d-x2x7k?',
	object: 'pod/kubia-7c9d5f7b9d-x2x7k',
	changes: [{label: 'pod', from: 'there', to: 'deleted'}],
	facts: ['Running, 0/1 ready.'],
	notes: [
		'kubia-7c9d5f7b9d makes another one at once, of the same revision 3.',
		'Its logs go with it.',
		'The PodDisruptionBudget kubia is not asked; it would allow none.',
	],
	kubectl: kubectl('delete pod/kubia-7c9d5f7b9d-x2x7k'),
};

const resumeAndUndo: ConfirmView = {
	...undoConfirm,
	command: {kind: 'undo', toRevision: undefined, resume: true},
	title: 'Resume and undo the rollout of kubia?',
	changes: [...undoConfirm.changes, {label: 'spec.paused', from: 'true', to: 'false'}],
	facts: ['1 of 4 pods is of revision 3, 3 of revision 2.'],
	notes: ['It is paused, which ends with it. Resumed before, the controller would first roll on with revision 3.'],
};

/** Answers to all that the keys ask. */
export const confirmOf: ScreenPorts['confirmOf'] = command => {
	switch (command.kind) {
		case 'resume':
			return promote;
		case 'restart':
			return restart;
		case 'delete-pod':
			return {...deletePod, command};
		case 'set-image':
			if (command.image.includes(' ')) return {refusal: {message: 'an image has no blanks in it', hint: 'write it as [REGISTRY/]NAME[:TAG][@DIGEST]'}};
			return {
				...place,
				command,
				title: `Set the image of ${command.container} in kubia?`,
				changes: [{label: `image ${command.container}`, from: 'luksa/kubia:v3', to: command.image}],
				notes: ['A rollout begins at once. Whether the image exists, only its pull will tell.'],
				kubectl: kubectl(`set image deployment/kubia ${command.container}=${command.image}`),
			};
		default:
			return resumeAndUndo;
	}
};

/** A template with more than one container. */
export const containersOf: ScreenPorts['containersOf'] = () => ({
	name: 'kubia',
	containers: [
		{name: 'kubia', image: 'luksa/kubia:v3', init: false},
		{name: 'log-shipper', image: 'registry.example.com:5000/team/shipper@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', init: false},
		{name: 'migrate', image: 'luksa/kubia-migrate:v3', init: true},
	],
});
