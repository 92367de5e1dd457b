import {all, told, waits} from './evidence.ts';
import type {Situation} from './situation.ts';

const pullFails = (name: string, image: string, kind: string, says: RegExp): Situation => ({
	name,
	kind,
	says,
	change: {container: {image}},
	evidence: all(waits('ErrImagePull'), told('Failed', /^Failed to pull image/)),
});

/** An image that can't be had, each for its own reason. */
export const imageSituations: readonly Situation[] = [
	pullFails('image-not-found', 'registry.example/shop/testpage:9.9', 'image-not-found', /testpage:9\.9.*not found/),
	pullFails('image-unauthorised', 'private.example/shop/testpage:0.9', 'image-unauthorised', /testpage:0\.9/),
	pullFails('image-rate-limit', 'busy.example/shop/testpage:0.9', 'image-rate-limit', /testpage:0\.9.*rate limit/),
	pullFails('image-platform', 'arm.example/shop/testpage:0.9', 'image-platform', /testpage:0\.9.*platform/),
	pullFails('registry-refuses', 'down.example/shop/testpage:0.9', 'image-registry-unreachable', /testpage:0\.9.*refuses/),
	pullFails('registry-timeout', 'far.example/shop/testpage:0.9', 'image-registry-unreachable', /testpage:0\.9.*does not answer/),
	pullFails('registry-unknown', 'nowhere.example/shop/testpage:0.9', 'image-registry-unreachable', /testpage:0\.9.*resolve/),
	pullFails('registry-untrusted', 'untrusted.example/shop/testpage:0.9', 'image-certificate', /testpage:0\.9.*certificate/),
	{
		name: 'image-back-off',
		kind: 'image-not-found',
		says: /testpage:9\.9.*not found/,
		change: {container: {image: 'registry.example/shop/testpage:9.9'}},
		evidence: waits('ImagePullBackOff'),
	},
	{
		name: 'image-never-pull',
		kind: 'image-never-pull',
		says: /testpage:0\.9/,
		change: {container: {image: 'local.example/shop/testpage:0.9', imagePullPolicy: 'Never'}},
		evidence: waits('ErrImageNeverPull'),
	},
	{
		name: 'image-name-invalid',
		kind: 'image-name-invalid',
		says: /Registry\.Example\/Shop/,
		change: {container: {image: 'Registry.Example/Shop:0.9'}},
		evidence: waits('InvalidImageName'),
	},
	{
		name: 'image-slow',
		kind: 'image-pull-slow',
		says: /pull/,
		change: {container: {image: 'slow.example/shop/testpage:0.9'}},
		evidence: told('Pulling', /slow\.example/),
		withinMs: 35_000,
	},
];
