import {describe, expect, it} from 'vitest';
import {isImageTag, matchRevision, type RevisionImages} from '../../src/domain/match-revision.ts';

function revision(number: number, image: string | readonly string[], workloadUid = 'web', inUse = true): RevisionImages {
	return {uid: `${workloadUid}-${number}`, workloadUid, revision: number, images: typeof image === 'string' ? [image] : image, inUse};
}

function revisions(...images: readonly (string | readonly string[])[]) {
	return images.map((image, index) => revision(index + 1, image));
}

describe('matchRevision', () => {
	it.each<[string, string, readonly (string | readonly string[])[], number | undefined]>([
		['the tag itself', 'v2', ['luksa/kubia:v1', 'luksa/kubia:v2'], 2],
		['in other capitals', 'V1', ['barnett/canarydemo:v1', 'barnett/canarydemo:v2'], 1],
		['without the v', '1.16.1', ['nginx:v1.16.1', 'nginx'], 1],
		['on another base', '1.16.1', ['nginx:1.16.1-alpine', 'nginx:1.16.10'], 1],
		['a tag that moves', '1.22.1', ['nginx:1.21', 'nginx:1.22'], 2],
		['the exact tag before one that moves', '1.22.1', ['nginx:1.22', 'nginx:1.22.1'], 2],
		['as a Server header says it', 'nginx/1.16.1', ['nginx:1.16.1', 'nginx:1.18.0'], 1],
		[
			'in a side-car’s image',
			'2.0',
			[
				['proxy:2.0', 'app:1'],
				['proxy:3.0', 'app:1'],
			],
			1,
		],
		['the newest of the same images', 'v2', ['app:v2', 'app:v3', 'app:v2'], 3],
		['two different images with one tag', 'v2', ['app:v2', 'other:v2'], undefined],
		['no tag', '1.21.6', ['nginx', 'nginx@sha256:0123'], undefined],
		['a major number only', '1.25.3', ['app:v1', 'app:1'], undefined],
		['nothing', '', ['app:v1'], undefined],
		['a slash at its end', 'nginx/', ['app:v1'], undefined],
		['no revisions', 'v1', [], undefined],
	])('%s', (_why, version, images, expected) => {
		expect(matchRevision(version, revisions(...images))).toBe(expected === undefined ? undefined : `web-${expected}`);
	});

	it('takes the newest by number, in whatever order they come', () => {
		expect(matchRevision('v2', [revision(10, 'app:v2'), revision(9, 'app:v2')])).toBe('web-10');
	});

	it.each<[string, readonly RevisionImages[], string | undefined]>([
		['only the one that has pods of it', [revision(2, 'app:v2'), revision(5, 'app:v2', 'canary', false)], 'web-2'],
		['its newest', [revision(1, 'app:v2'), revision(3, 'app:v2'), revision(5, 'app:v2', 'canary', false)], 'web-3'],
		['none where both have pods of it', [revision(2, 'app:v2'), revision(2, 'app:v2', 'canary')], undefined],
		['none where neither has', [revision(2, 'app:v2', 'web', false), revision(2, 'app:v2', 'canary', false)], undefined],
		['the one that has such an image', [revision(2, 'app:v1'), revision(2, 'app:v2', 'canary', false)], 'canary-2'],
	])('of several workloads takes %s', (_which, candidates, expected) => expect(matchRevision('v2', candidates)).toBe(expected));
});

it('knows a tag although it cannot tell the revision', () => {
	expect(isImageTag('v2', revisions('app:v2', 'other:v2'))).toBe(true);
	expect(isImageTag('v3', revisions('app:v2', 'other:v2'))).toBe(false);
});
