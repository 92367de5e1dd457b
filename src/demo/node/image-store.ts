import {type Clock, sleep} from '../clock.ts';
import {findImage, type ImageReference, parseImageReference} from '../images/find-image.ts';
import type {Image} from '../images/image.ts';
import {pullErrorText, pullFrom} from '../images/registries.ts';
import type {ApiPod} from './api-pod.ts';
import {BackOff} from './back-off.ts';
import type {ContainerEvents} from './container-events.ts';
import {fullImageName} from './image-name.ts';
import type {ContainerSpec} from './pod-spec.ts';

/** The images on a node. Failures are kept per pod and image, as the kubelet does. */
export interface ImageStore {
	readonly ensure: (pod: ApiPod, container: ContainerSpec, signal: AbortSignal) => Promise<EnsuredImage>;
	readonly forget: (uid: string) => void;
}

type EnsuredImage =
	| {readonly kind: 'image'; readonly image: Image}
	| {readonly kind: 'failure'; readonly reason: string; readonly message: string}
	| {readonly kind: 'aborted'};

interface Failure {
	readonly backOff: BackOff;
	error: string;
}

/** An empty store whose pulls take a while. */
export function createImageStore(clock: Clock, events: ContainerEvents, pullMs: number): ImageStore {
	const present = new Set<string>();
	const failures = new Map<string, Map<string, Failure>>();

	const pull = async (pod: ApiPod, {name, image: imageName}: ContainerSpec, reference: ImageReference, signal: AbortSignal): Promise<EnsuredImage> => {
		const failed = failures.get(pod.metadata.uid)?.get(imageName);
		if (failed?.backOff.isWaiting() === true) {
			events.record(pod, name, 'Normal', 'BackOff', `Back-off pulling image "${imageName}"`);
			return {kind: 'failure', reason: 'ImagePullBackOff', message: `Back-off pulling image "${imageName}": ErrImagePull: ${failed.error}`};
		}
		events.record(pod, name, 'Normal', 'Pulling', `Pulling image "${imageName}"`);
		const from = pullFrom(reference);
		const totalMs = pullMs + from.extraMs;
		await sleep(clock, totalMs, signal);
		if (signal.aborted) return {kind: 'aborted'};
		const image = findImage(reference);
		if (from.error !== undefined || image === undefined) {
			const error = from.error ?? notFound(reference);
			const failure = failed ?? {backOff: new BackOff(clock), error};
			failure.backOff.next();
			failures.set(pod.metadata.uid, new Map(failures.get(pod.metadata.uid)).set(imageName, failure));
			events.record(pod, name, 'Warning', 'Failed', `Failed to pull image "${imageName}": ${error}`);
			return {kind: 'failure', reason: 'ErrImagePull', message: error};
		}
		present.add(fullImageName(reference));
		const took = goDuration(totalMs);
		events.record(
			pod,
			name,
			'Normal',
			'Pulled',
			`Successfully pulled image "${imageName}" in ${took} (${took} including waiting). Image size: ${image.sizeBytes} bytes.`,
		);
		return {kind: 'image', image};
	};

	return {
		async ensure(pod, container, signal) {
			const {name, image: imageName, imagePullPolicy} = container;
			const reference = parseImageReference(imageName);
			if (reference === undefined) {
				const message = `Failed to apply default image tag "${imageName}": couldn't parse image name "${imageName}": invalid reference format`;
				events.record(pod, name, 'Warning', 'InspectFailed', message);
				return {kind: 'failure', reason: 'InvalidImageName', message};
			}
			const here = present.has(fullImageName(reference)) ? findImage(reference) : undefined;
			if (here !== undefined && imagePullPolicy !== 'Always') {
				events.record(pod, name, 'Normal', 'Pulled', `Container image "${imageName}" already present on machine and can be accessed by the pod`);
				return {kind: 'image', image: here};
			}
			if (imagePullPolicy === 'Never') {
				const message = `Container image "${imageName}" is not present with pull policy of Never`;
				events.record(pod, name, 'Warning', 'ErrImageNeverPull', message);
				return {kind: 'failure', reason: 'ErrImageNeverPull', message};
			}
			return pull(pod, container, reference, signal);
		},
		forget: uid => failures.delete(uid),
	};
}

function notFound(reference: ImageReference): string {
	return pullErrorText(reference, {code: 'NotFound', text: `failed to resolve image: ${fullImageName(reference)}: not found`});
}

function goDuration(ms: number): string {
	if (ms < 1_000) return `${Math.round(ms)}ms`;
	const minutes = Math.floor(ms / 60_000);
	return `${minutes === 0 ? '' : `${minutes}m`}${Math.round(ms - minutes * 60_000) / 1_000}s`;
}
