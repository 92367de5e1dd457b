import {createPodDirectory, type PodDirectory} from '../../src/domain/pod-directory.ts';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import type {Answer} from '../../src/domain/sample.ts';

/** A ReplicaSet as far as versions are concerned; its uid is `rs-REVISION`. */
export function replicaSet(revision: number | undefined, ...images: readonly string[]): ReplicaSet {
	return {
		kind: 'ReplicaSet',
		uid: `rs-${revision}`,
		name: `rs-${revision}`,
		namespace: 'web',
		resourceVersion: '1',
		createdAt: 0,
		deletedAt: undefined,
		ownerUid: 'workload',
		annotations: {},
		revisionText: revision?.toString(),
		template: {raw: {}, images, labels: {}},
		desired: 1,
		current: 1,
		ready: 1,
		available: 1,
		terminating: undefined,
		minReadySeconds: 0,
		conditions: [],
	};
}

/** The directory of one pod per revision: `pods` maps names to `[ip, revision]`. */
export function directoryOf(
	images: Readonly<Record<number, string>>,
	pods: Readonly<Record<string, readonly [ip: string, revision: number]>> = {},
): PodDirectory {
	return createPodDirectory(
		Object.entries(pods).map(([name, [ip, revision]]) => ({name, ip, ownerUid: `rs-${revision}`})),
		Object.entries(images).map(([revision, image]) => replicaSet(Number(revision), image)),
	);
}

/** An answer with this body. */
export function answer(body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer {
	return {status, headers, body, truncated: false};
}

/** A page as servers send it. */
export function page(title: string, text = ''): string {
	return `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n<style>body { width: 35em; }</style>\n</head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;
}
