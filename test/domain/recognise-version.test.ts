import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {noAnswers} from '../../src/domain/answer-memory.ts';
import {emptyPodDirectory, type PodDirectory} from '../../src/domain/pod-directory.ts';
import {recognise} from '../../src/domain/recognise-version.ts';
import type {Answer} from '../../src/domain/sample.ts';
import type {VersionRule} from '../../src/domain/version-rule.ts';
import {answer, directoryOf, page} from './answers.ts';
import {growth} from './growth.ts';

function read(given: Answer, directory: PodDirectory = emptyPodDirectory, rule: VersionRule = {kind: 'auto'}) {
	const {outcome, podName, ownerUid} = recognise(given, rule, directory, noAnswers);
	return {outcome, podName, ownerUid};
}

function versionOf(given: Answer, directory?: PodDirectory, rule?: VersionRule): string | undefined {
	const {outcome} = read(given, directory, rule);
	return outcome.kind === 'version' ? `${outcome.version} (${outcome.rule})` : undefined;
}

const pod = 'kubia-deploy-canary-6b8f7c9d5-4wzzp';
const kubia = directoryOf(
	{1: 'luksa/kubia:v1', 2: 'luksa/kubia:v2', 3: 'luksa/kubia:v3'},
	{[pod]: ['10.1.0.21', 2], 'kubia-deploy-canary-7c9d5f6b8-x2x7k': ['10.1.0.24', 3]},
);
const nginxPage = page('Welcome to nginx!', 'If you see this page, the nginx web server is successfully installed and working.');

describe('an error that names no pod', () => {
	const nginx = directoryOf({1: 'nginx:1.16.1', 2: 'nginx:1.18.0'}, {});

	it('is blamed on the revision whose image tag it tells', () => {
		const failing = answer('<html><head><title>502 Bad Gateway</title></head></html>', {server: 'nginx/1.18.0'}, 502);
		expect(read(failing, nginx)).toMatchObject({outcome: {kind: 'failure', reason: 'http-502'}, podName: undefined, ownerUid: 'rs-2'});
		expect(read(answer('{"error":"boom"}', {'x-version': 'v3'}, 500), kubia, {kind: 'header', name: 'x-version'}).ownerUid).toBe('rs-3');
	});

	it('is nobody’s where the version is none of the workload’s', () => {
		expect(read(answer('', {server: 'nginx/1.25.3'}, 502), nginx).ownerUid).toBeUndefined();
		expect(read(answer('no healthy upstream', {server: 'envoy'}, 503), nginx).ownerUid).toBeUndefined();
	});
});

describe('the bodies of the scenarios, with no rule given', () => {
	it('reads v2 from kubia, and the pod that says it', () => {
		expect(read(answer(`This is v2 running in pod ${pod}\n`), kubia)).toEqual({
			outcome: {kind: 'version', version: 'v2', rule: 'auto:word'},
			podName: pod,
			ownerUid: 'rs-2',
		});
	});

	it('counts kubia v3’s error as a failure of its pod', () => {
		const failing = answer('Some internal error has occurred! This is pod kubia-deploy-canary-7c9d5f6b8-x2x7k\n', {}, 500);
		expect(read(failing, kubia)).toEqual({
			outcome: {kind: 'failure', reason: 'http-500', detail: 'Some internal error has occurred! This is pod kubia-deploy-canary-7c9d5f6b8-x2x7k'},
			podName: 'kubia-deploy-canary-7c9d5f6b8-x2x7k',
			ownerUid: 'rs-3',
		});
	});

	it('reads nginx’s version from its header, since the page is the same for all', () => {
		const nginx = directoryOf({1: 'nginx', 2: 'nginx:1.16.1', 3: 'nginx:1.18.0'});
		const headers = {server: 'nginx/1.16.1', 'content-type': 'text/html'};
		expect(read(answer(nginxPage, headers), nginx)).toMatchObject({outcome: {version: '1.16.1', rule: 'auto:header'}, ownerUid: 'rs-2'});
		expect(versionOf(answer('', headers), nginx), 'HEAD').toBe('1.16.1 (auto:header)');
		expect(versionOf(answer(nginxPage, {...headers, server: 'nginx/1.21.6'}), nginx), 'an image without tag').toBe('1.21.6 (auto:header)');
		expect(versionOf(answer(nginxPage, headers)), 'no cluster known').toBe('1.16.1 (auto:header)');
	});

	it('reads testpage’s version, and its pod by the address', () => {
		const testpage = directoryOf({1: 'testpage:0.8'}, {'testpage-5d5c7b9f4-abcde': ['172.1.62.10', 1]});
		const says = read(answer('I am: 172.1.62.10, the version is: 0.8\n'), testpage);
		expect(says).toEqual({outcome: {kind: 'version', version: '0.8', rule: 'auto:word'}, podName: 'testpage-5d5c7b9f4-abcde', ownerUid: 'rs-1'});
	});

	it('tells two programs behind one Service by their pages, although both are served by nginx', () => {
		const pods = {'nginx-deployment-v1-abc': ['10.0.0.1', 1], 'nginx-deployment-canary-def': ['10.0.0.2', 2]} as const;
		const both = directoryOf({1: 'nginx:1.22', 2: 'docker/getting-started'}, pods);
		expect(versionOf(answer(nginxPage, {server: 'nginx/1.22.1'}), both)).toBe('Welcome to nginx! (auto:title)');
		expect(versionOf(answer(page('Getting Started', 'Docker v20.10'), {server: 'nginx/1.19.6'}), both)).toBe('Getting Started (auto:title)');
	});

	it('tells them apart without knowing the pods, too', () => {
		expect(versionOf(answer(page('Getting Started'), {server: 'nginx/1.19.6'}))).toBe('Getting Started (auto:title)');
		expect(versionOf(answer(nginxPage, {server: 'nginx/1.22.1'}))).toBe('1.22.1 (auto:header)');
	});

	it('reads V1 and V2 from canarydemo', () => {
		const demo = directoryOf({1: 'barnett/canarydemo:v1', 2: 'barnett/canarydemo:v2'});
		expect(read(answer('Demo: V1\n'), demo)).toMatchObject({outcome: {version: 'V1', rule: 'auto:word'}, ownerUid: 'rs-1'});
		expect(read(answer('Demo: V2\n'), demo)).toMatchObject({outcome: {version: 'V2'}, ownerUid: 'rs-2'});
	});
});

describe('the automatic rule', () => {
	it('says which page comes for as long as it has seen different programs', () => {
		const both = directoryOf({1: 'nginx:1.22', 2: 'docker/getting-started'}, {a: ['10.0.0.1', 1], b: ['10.0.0.2', 2]});
		const alone = directoryOf({1: 'nginx:1.22', 2: 'docker/getting-started'}, {a: ['10.0.0.1', 1]});
		const {memory} = recognise(answer(nginxPage, {server: 'nginx/1.22.1'}), {kind: 'auto'}, both, noAnswers);
		const later = recognise(answer(nginxPage, {server: 'nginx/1.22.1'}), {kind: 'auto'}, alone, memory);
		expect(later.outcome).toMatchObject({version: 'Welcome to nginx!'});
		expect(later.memory).toBe(memory);
	});

	it.each([
		[
			'an image tag wins over other numbers',
			answer('build v7 of shop, version 3.1', {'x-version': '1.16.1'}),
			directoryOf({1: 'shop:1.16.1'}),
			'1.16.1 (auto:header)',
		],
		['a version header', answer('hello', {'x-app-version': '2.4.0', server: 'envoy'}), emptyPodDirectory, '2.4.0 (auto:header)'],
		['a pod of whose image we know the tag', answer(`hello from ${pod}`), kubia, 'v2 (auto:pod)'],
		['a pod rather than the server in front of it', answer(`hello from ${pod}`, {server: 'nginx/1.25.3'}), kubia, 'v2 (auto:pod)'],
		['a pod in a header', answer('hello', {'x-served-by': pod}), kubia, 'v2 (auto:pod)'],
		['the title rather than the server in front', answer(page('Blue shop'), {server: 'nginx/1.25.3'}), emptyPodDirectory, 'Blue shop (auto:title)'],
		['the server where nothing else tells', answer('ok', {server: 'Apache/2.4.57 (Debian)'}), emptyPodDirectory, '2.4.57 (auto:header)'],
		['only the body where no header tells', answer('hello', {server: 'nginx'}), emptyPodDirectory, 'answer A (auto:body)'],
		[
			'the framework’s version is not the program’s',
			answer('hello', {'x-aspnet-version': '4.0.30319', 'x-powered-by': 'Express/4.1'}),
			emptyPodDirectory,
			'answer A (auto:body)',
		],
	])('%s', (_why, given, directory, expected) => {
		expect(versionOf(given, directory)).toBe(expected);
	});

	it('labels bodies that only differ in their words in order of appearance, whatever the time is in them', () => {
		const labels: (string | undefined)[] = [];
		let memory = noAnswers;
		for (const body of ['hello at 14:03:22', 'hello at 14:03:23', 'good bye at 14:03:24', 'hello at 14:03:25']) {
			const {outcome, memory: after} = recognise(answer(body), {kind: 'auto'}, emptyPodDirectory, memory);
			labels.push(outcome.kind === 'version' ? outcome.version : undefined);
			memory = after;
		}
		expect(labels).toEqual(['answer A', 'answer A', 'answer B', 'answer A']);
	});

	it('gives one label to bodies that only differ in the pod or the address that they name', () => {
		const hello = recognise(answer('hello from shop-6b8f7c9d5-4wzzp at 10.1.0.21'), {kind: 'auto'}, emptyPodDirectory, noAnswers);
		const again = recognise(answer('hello from shop-6b8f7c9d5-zzzzz at 10.1.0.22'), {kind: 'auto'}, emptyPodDirectory, hello.memory);
		expect([hello.outcome, again.outcome]).toMatchObject([{version: 'answer A'}, {version: 'answer A'}]);
	});

	it('gives up on bodies that always differ', () => {
		let memory = noAnswers;
		const words = 'one two three four five six seven eight nine ten'.split(' ');
		const outcomes = words.map(word => {
			const {outcome, memory: after} = recognise(answer(`joke ${word}`), {kind: 'auto'}, emptyPodDirectory, memory);
			memory = after;
			return outcome.kind;
		});
		expect(outcomes).toEqual([...Array(8).fill('version'), 'unrecognised', 'unrecognised']);
	});

	it('does not take a redirect’s stock page for a version', () => {
		const moved = answer(page('301 Moved Permanently'), {server: 'nginx', location: '/login'}, 301);
		expect(read(moved).outcome).toEqual({kind: 'unrecognised', status: 301});
	});

	it('finds nothing in an empty answer or a binary one', () => {
		expect(read(answer('')).outcome).toEqual({kind: 'unrecognised', status: 200});
		expect(read(answer('\u0000\u0001v2\u0000')).outcome).toEqual({kind: 'unrecognised', status: 200});
	});

	it('names no pod where the answer names two', () => {
		const says = read(answer(`${pod} asked kubia-deploy-canary-7c9d5f6b8-x2x7k`), kubia);
		expect(says.podName).toBeUndefined();
	});

	it('keeps the name of a pod that is not known any more', () => {
		const says = read(answer('This is v2 running in pod kubia-deploy-canary-6b8f7c9d5-zzzzz.'), kubia);
		expect(says).toMatchObject({podName: 'kubia-deploy-canary-6b8f7c9d5-zzzzz', ownerUid: 'rs-2'});
	});
});

describe('a given rule', () => {
	it.each<[string, VersionRule, Answer, string | undefined]>([
		['a header as it is', {kind: 'header', name: 'server'}, answer('v9', {server: 'nginx/1.16.1'}), 'nginx/1.16.1 (header)'],
		['a header that is not there', {kind: 'header', name: 'x-version'}, answer('v9'), undefined],
		['the first group of a pattern', {kind: 'body', pattern: 'is: (\\S+)'}, answer('it is: 0.8!'), '0.8! (body)'],
		['the whole match of a pattern without group', {kind: 'body', pattern: 'v\\d+'}, answer('run v31 now'), 'v31 (body)'],
		['a group that took no part', {kind: 'body', pattern: '(x)?v\\d'}, answer('v3'), 'v3 (body)'],
		['a pattern that does not match', {kind: 'body', pattern: 'never'}, answer('v3'), undefined],
		['a JSON path', {kind: 'json', path: '.build.tags[1]'}, answer('{"build": {"tags": ["a", "v7"]}}'), 'v7 (json)'],
		['a JSON number', {kind: 'json', path: 'version'}, answer('{"version": 3}'), '3 (json)'],
		['a JSON path into no JSON', {kind: 'json', path: 'version'}, answer('version: 3'), undefined],
		['a title', {kind: 'title'}, answer(page('A &amp; B')), 'A & B (title)'],
		['no title', {kind: 'title'}, answer('plain'), undefined],
		['a pod', {kind: 'pod'}, answer(`v9 in ${pod}`), 'v2 (pod)'],
		['an unknown pod', {kind: 'pod'}, answer('v9 in nowhere'), undefined],
	])('reads %s', (_what, rule, given, expected) => {
		expect(versionOf(given, kubia, rule)).toBe(expected);
	});

	it('looks at all that is kept of the body', () => {
		expect(versionOf(answer(`${'x '.repeat(30_000)}version=0.9`), undefined, {kind: 'body', pattern: 'version=(.*)'})).toBe('0.9 (body)');
	});

	it('cannot be made to hang by a pattern that others back-track on', () => {
		const tried = (text: string) => versionOf(answer(`${text}b`), undefined, {kind: 'body', pattern: '(a+)+$'});
		expect(tried('a'.repeat(60_000))).toBeUndefined();
		expect(growth(tried, 'a')).toBeLessThan(8);
	});

	it('does not make a version of a failing answer', () => {
		expect(read(answer('v2', {}, 404), kubia, {kind: 'body', pattern: 'v2'}).outcome).toEqual({kind: 'failure', reason: 'http-404', detail: 'v2'});
	});
});

describe('texts from outside', () => {
	const header: VersionRule = {kind: 'header', name: 'x-version'};

	it('loses its escape sequences and control characters', () => {
		expect(versionOf(answer('', {'x-version': '\u001b[31mv2\u001b[0m\u0007\r\n'}), undefined, header)).toBe('v2 (header)');
		expect(versionOf(answer('<title>a\u001b]0;owned\u0007\u202eb</title>'), undefined, {kind: 'title'})).toMatch(/^a ?b \(title\)$/);
		expect(read(answer('\u001b[2Jgone', {}, 500)).outcome).toMatchObject({detail: 'gone'});
	});

	it('is cut where it is longer than any image tag, so that versions which differ in their ends only stay apart', () => {
		const {outcome} = read(answer('', {'x-version': 'v'.repeat(10_000)}), undefined, header);
		expect(outcome).toEqual({kind: 'version', version: `${'v'.repeat(63)}…${'v'.repeat(63)}`, rule: 'header'});
		const [old, young] = ['1f3a9c2', '8b04e7d'].map(commit => `feature-shop-1234-${'a-branch-with-a-long-name-'.repeat(3)}${commit}`);
		const branch = directoryOf({1: `shop:${old}`, 2: `shop:${young}`}, {});
		expect(read(answer('', {'x-version': `${old}`}), branch, header)).toMatchObject({outcome: {version: old}, ownerUid: 'rs-1'});
		expect(read(answer('', {'x-version': `${young}`}), branch, header)).toMatchObject({outcome: {version: young}, ownerUid: 'rs-2'});
		const versions = [1, 2, 3].map(last => versionOf(answer('', {'x-version': `${'9.'.repeat(500)}${last}`}), undefined, header));
		expect(new Set(versions).size).toBe(3);
	});

	it('never breaks anything, whatever it is', () => {
		const rules: readonly VersionRule[] = [{kind: 'auto'}, header, {kind: 'body', pattern: '.+'}, {kind: 'json', path: 'a'}, {kind: 'title'}, {kind: 'pod'}];
		const text = fc.oneof(
			fc.string({unit: 'binary', maxLength: 400}),
			fc.json(),
			fc.stringMatching(/^(version|v2|<title>|10\.1\.0\.21|[ :<>/"\u001b[\]{}.\d-]){0,60}$/),
		);
		fc.assert(
			fc.property(text, text, fc.constantFrom(...rules), fc.integer({min: 200, max: 599}), (body, value, rule, status) => {
				const {outcome} = read(answer(body, {'x-version': value, server: value}, status), kubia, rule);
				const kept = outcome.kind === 'version' ? outcome.version : outcome.kind === 'failure' ? outcome.detail : '';
				expect(kept).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
				expect(kept.length).toBeLessThanOrEqual(128);
			}),
		);
	});
});
