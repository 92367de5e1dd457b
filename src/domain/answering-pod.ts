import type {PodDirectory, PodIdentity} from './pod-directory.ts';
import type {Answer} from './sample.ts';

// What may be a pod's name or IPv4 address, and what may be an IPv6 address.
const token = /[a-z0-9][a-z0-9.-]{0,252}/gi;
const ipv6 = /(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]{1,38}(?![\w:])/gi;
const mostTokens = 3000;

// Characters that Kubernetes makes random names of: k8s.io/apimachinery/pkg/util/rand.
const generated = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const afterPodWord = /\bpod["'\s:=]{1,4}([a-z0-9][a-z0-9.-]{3,252})/i;

/** Whose answer it seems to be, and its text without names of pods and addresses, in which numbers mean nothing. */
export type AnsweringPod = {readonly pod: PodIdentity | undefined; readonly textWithoutPods: string};

function lookUp(word: string, directory: PodDirectory): PodIdentity | undefined {
	const name = word.replace(/[.-]+$/, '').toLowerCase();
	return directory.byName(name) ?? directory.byIp(name);
}

/** Headers in which programs and proxies say who they are: only those that are not of the standard. */
function namingHeaders({headers}: Answer): string {
	const values = Object.entries(headers).filter(([name]) => /^x-|pod|host|backend|upstream/.test(name));
	return values.map(([, value]) => value.slice(0, 256)).join(' ');
}

/** A pod that is not known (any more) but is called one, and is named as a controller names pods. */
function namedPod(text: string): PodIdentity | undefined {
	const name = afterPodWord.exec(text)?.[1]?.replace(/[.-]+$/, '');
	return name !== undefined && generated.test(name) ? {name, ownerUid: undefined, revision: undefined, imageTag: undefined} : undefined;
}

function looksGenerated(word: string): boolean {
	return /-[0-9a-z]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\.?$/.test(word) || /^\d{1,3}(?:\.\d{1,3}){3}\.?$/.test(word);
}

/**
 * The pod that answered, by its name or IP in the text or in a header. Two known pods in one answer: none, since nobody can tell which of them
 * spoke. Read in one pass; `text` is the answer's body as far as it is looked at.
 */
export function answeringPod(answer: Answer, text: string, directory: PodDirectory): AnsweringPod {
	const known = new Map<string, PodIdentity>();
	let tokens = 0;
	const take = (word: string) => {
		tokens += 1;
		const pod = tokens > mostTokens ? undefined : lookUp(word, directory);
		if (pod !== undefined) known.set(pod.name, pod);
		return pod !== undefined || looksGenerated(word) ? ' ' : word;
	};
	const withoutPods = text.replace(ipv6, take).replace(token, take);
	namingHeaders(answer).replace(ipv6, take).replace(token, take);
	const [first] = known.values();
	return {pod: known.size === 1 ? first : known.size === 0 ? namedPod(text) : undefined, textWithoutPods: withoutPods};
}
