import {expect, it} from 'vitest';
import {matchProgram} from '../../src/domain/mix/match-program.ts';

const revision = (uid: string, image: string, more: {inUse?: boolean; workloadUid?: string} = {}) => ({
	uid,
	workloadUid: uid,
	revision: 1,
	images: [image],
	inUse: true,
	...more,
});
const nginx = revision('v1', 'nginx:1.22');
const started = revision('canary', 'docker.io/docker/getting-started');

it.each<[title: string, revisions: readonly ReturnType<typeof revision>[], uid: string | undefined]>([
	['Welcome to nginx!', [nginx, started], 'v1'],
	['Getting Started', [nginx, started], 'canary'],
	['Getting started with nginx', [nginx, started], undefined],
	['503 Service Temporarily Unavailable', [nginx, started], undefined],
	['Nginxious', [nginx, started], undefined],
	// Two revisions of one program are told apart by something else.
	['Welcome to nginx!', [nginx, revision('v2', 'nginx:1.23', {workloadUid: 'v1'})], undefined],
	['Welcome to nginx!', [nginx, revision('old', 'nginx:1.21', {inUse: false}), started], 'v1'],
	['A page', [revision('a', 'a:1'), started], undefined],
])('“%s”', (title, revisions, uid) => expect(matchProgram(title, revisions)).toBe(uid));
