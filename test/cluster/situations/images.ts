import {all, told, waits} from './evidence.ts';
import type {Situation} from './situation.ts';

const pullFails = (name: string, image: string, kind: string, says: string): Situation => ({
	name,
	kind,
	says,
	change: {container: {image}},
	evidence: all(waits('ErrImagePull'), told('Failed', /^Failed to pull image/)),
});

/** An image that can't be had, each for its own reason. */
export const imageSituations: readonly Situation[] = [
	pullFails('image-not-found', 'registry.example/shop/testpage:9.9', 'image-not-found', "can't pull image registry.example/shop/testpage:9.9: not found"),
	pullFails(
		'image-unauthorised',
		'private.example/shop/testpage:0.9',
		'image-unauthorised',
		"can't pull image private.example/shop/testpage:0.9: not found or no access",
	),
	pullFails(
		'image-rate-limit',
		'busy.example/shop/testpage:0.9',
		'image-rate-limit',
		"can't pull image busy.example/shop/testpage:0.9: the registry's rate limit is reached",
	),
	pullFails(
		'image-platform',
		'arm.example/shop/testpage:0.9',
		'image-platform',
		"can't pull image arm.example/shop/testpage:0.9: it is not built for the node's platform",
	),
	pullFails(
		'registry-refuses',
		'down.example/shop/testpage:0.9',
		'image-registry-unreachable',
		"can't pull image down.example/shop/testpage:0.9: the registry refuses connections",
	),
	pullFails(
		'registry-timeout',
		'far.example/shop/testpage:0.9',
		'image-registry-unreachable',
		"can't pull image far.example/shop/testpage:0.9: the registry does not answer",
	),
	pullFails(
		'registry-unknown',
		'nowhere.example/shop/testpage:0.9',
		'image-registry-unreachable',
		"can't pull image nowhere.example/shop/testpage:0.9: the registry's name does not resolve",
	),
	pullFails(
		'registry-untrusted',
		'untrusted.example/shop/testpage:0.9',
		'image-certificate',
		"can't pull image untrusted.example/shop/testpage:0.9: the registry's certificate is not trusted",
	),
	{
		name: 'image-back-off',
		kind: 'image-not-found',
		says: "can't pull image registry.example/shop/testpage:9.9: not found",
		change: {container: {image: 'registry.example/shop/testpage:9.9'}},
		evidence: waits('ImagePullBackOff'),
	},
	{
		name: 'image-never-pull',
		kind: 'image-never-pull',
		says: /^can't start: image local\.example\/shop\/testpage:0\.9 is not on node node-1\d, and imagePullPolicy is Never$/,
		change: {container: {image: 'local.example/shop/testpage:0.9', imagePullPolicy: 'Never'}},
		evidence: waits('ErrImageNeverPull'),
	},
	{
		name: 'image-name-invalid',
		kind: 'image-name-invalid',
		says: "can't pull image Registry.Example/Shop:0.9: that is no valid name",
		change: {container: {image: 'Registry.Example/Shop:0.9'}},
		evidence: waits('InvalidImageName'),
	},
	{
		name: 'image-slow',
		kind: 'image-pull-slow',
		says: 'still pulls image slow.example/shop/testpage:0.9',
		change: {container: {image: 'slow.example/shop/testpage:0.9'}},
		evidence: told('Pulling', /slow\.example/),
		withinMs: 35_000,
	},
];
