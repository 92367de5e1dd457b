import type {ContainerState, ContainerStatus, Pod} from '../../pod.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {imageOf, ofRole} from './container-role.ts';
import type {PodSubject} from './pod-subject.ts';
import {pullFailure} from './pull-failure.ts';

/** Waiting reasons that are about the image. */
const imageReasons: ReadonlySet<string> = new Set([
	'ErrImagePull',
	'ImagePullBackOff',
	'InvalidImageName',
	'ErrImageNeverPull',
	'ImageInspectError',
	'RegistryUnavailable',
	'SignatureValidationFailed',
]);

/** The image of a waiting container can't be had. kubernetes: pkg/kubelet/images/types.go, image_manager.go. */
export function imageCause(subject: PodSubject, status: ContainerStatus, state: Extract<ContainerState, {kind: 'waiting'}>): Cause | undefined {
	if (!imageReasons.has(state.reason)) return undefined;
	const {pod} = subject;
	const image = imageOf(pod, status);
	const shown = `${shortText(image, 160) || '(none)'}${ofRole(pod, status.name)}`;
	const base = {reason: state.reason, sinceAt: pod.createdAt};
	if (state.reason === 'InvalidImageName') {
		const message = `can't pull image ${shown}: that is no valid name`;
		return {...base, kind: 'image-name-invalid', hope: 'none', message, advice: "correct the image's name (i)"};
	}
	if (state.reason === 'ErrImageNeverPull') {
		const message = `can't start: image ${shown} is not on ${nodeOf(pod)}, and imagePullPolicy is Never`;
		return {...base, kind: 'image-never-pull', hope: 'none', message, advice: 'bring the image to the node, or change imagePullPolicy'};
	}
	const {kind, hope, text, advice} = pullFailure(pullMessage(subject, state, image), image);
	return {...base, kind, hope, message: `can't pull image ${shown}: ${text}`, advice};
}

const nodeOf = ({nodeName}: Pod) => (nodeName === undefined ? 'its node' : `node ${nodeName}`);

/** Before Kubernetes 1.32 `ImagePullBackOff` did not say why: then the event of the failed pull does. */
function pullMessage({events}: PodSubject, {reason, message}: {readonly reason: string; readonly message: string}, image: string): string {
	if (reason !== 'ImagePullBackOff' || /:\s/.test(message.replaceAll(image, ''))) return message;
	const failed = events.find(event => event.reason === 'Failed' && event.message.startsWith('Failed to pull image') && event.message.includes(image));
	return failed?.message ?? message;
}
