import {fieldOf} from '../../json-kind.ts';
import type {ContainerStatus} from '../../pod.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {roleOf} from './container-role.ts';
import type {PodSubject} from './pod-subject.ts';

/** Things are often applied together and come in any order: so long what is missing may be on its way. */
const applyingMs = 30_000;

const words: Readonly<Record<string, string>> = {secret: 'Secret', configmap: 'ConfigMap'};

/** What a message says is missing: `Secret "db"`, `key url of ConfigMap "app"`; undefined for other messages. kubernetes: pkg/kubelet/kubelet_pods.go. */
export function missingObject(message: string): {readonly what: string; readonly lack: string; readonly advice: string} | undefined {
	const key = /couldn't find key (\S{1,253}) in (ConfigMap|Secret) \S{0,253}?\/([^\s/:]{1,253})/.exec(message);
	if (key !== null) {
		const [, name, kind, object] = key;
		return {what: shortText(`key ${name} of ${kind} "${object}"`, 200), lack: 'which does not have it', advice: 'add the key, or correct the pod template'};
	}
	const object = /\b(secret|configmap)s? "([^"]{1,253})" not found/i.exec(message);
	if (object === null) return undefined;
	const [, kind = '', name] = object;
	const word = fieldOf(words, kind.toLowerCase()) ?? kind;
	return {what: shortText(`${word} "${name}"`, 200), lack: 'which does not exist', advice: `create the ${word}, or correct its name in the pod template`};
}

/** A Secret, a ConfigMap or a key of one is missing that a container's environment takes. */
export function missingConfig({pod, isPast}: PodSubject, {name}: ContainerStatus, reason: string, message: string): Cause | undefined {
	if (reason !== 'CreateContainerConfigError') return undefined;
	const missing = missingObject(message);
	if (missing === undefined) return undefined;
	return {
		kind: 'config-missing',
		hope: pod.createdAt === undefined || isPast(pod.createdAt + applyingMs) ? 'none' : 'doubtful',
		reason,
		message: `${roleOf(pod, name)} needs ${missing.what}, ${missing.lack}`,
		advice: missing.advice,
		sinceAt: pod.createdAt,
	};
}
