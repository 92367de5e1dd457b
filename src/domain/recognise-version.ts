import type {RE2JS} from 're2js';
import {type AnswerMemory, noAnswers} from './answer-memory.ts';
import {answeringPod} from './answering-pod.ts';
import {compilePattern, matchedLength} from './compile-pattern.ts';
import {titleOf} from './html-text.ts';
import type {JsonValue} from './json.ts';
import {type JsonPath, parseJson, parseJsonPath, valueAt} from './json-path.ts';
import {matchRevision} from './match-revision.ts';
import {failureDetail} from './mix/failure-detail.ts';
import {matchProgram} from './mix/match-program.ts';
import type {PodDirectory, PodIdentity} from './pod-directory.ts';
import {type ReadAnswer, recogniseAutomatically} from './recognise-automatically.ts';
import type {Answer, Outcome, RuleName} from './sample.ts';
import {plainText} from './sanitise.ts';
import {shortText} from './short-text.ts';
import type {VersionRule} from './version-rule.ts';

/** What an answer says, and what to remember for the next. */
export type Recognition = {
	readonly outcome: Outcome;
	readonly podName: string | undefined;
	readonly ownerUid: string | undefined;
	/** The memory that was handed in where nothing was learnt. */
	readonly memory: AnswerMemory;
};

// What automatic recognition looks at: titles and version lines stand at the beginning, and all patterns together take no more than 5 ms for it. A
// rule that was given reads all that is kept.
const lookedAt = 16 * 1024;
// As long as an image tag can be (distribution spec). Of longer ones both ends are kept: names made of a branch and a commit differ in their last letters.
const longestVersion = 128;

function versionText(text: string): string {
	const plain = plainText(text.slice(0, lookedAt));
	if (plain.length <= longestVersion) return plain;
	const half = longestVersion / 2;
	return `${shortText(plain, half)}${plain.slice(1 - half).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

// A rule is read once for all answers.
const patterns = new WeakMap<VersionRule, RE2JS | undefined>();
const paths = new WeakMap<VersionRule, JsonPath | undefined>();

function remembered<T>(cache: WeakMap<VersionRule, T>, rule: VersionRule, make: () => T): T {
	const known = cache.get(rule);
	if (known !== undefined || cache.has(rule)) return known as T;
	const made = make();
	cache.set(rule, made);
	return made;
}

function patternIn(rule: VersionRule, pattern: string, body: string): string | undefined {
	const compiled = remembered(patterns, rule, () => {
		const result = compilePattern(pattern);
		return 'error' in result ? undefined : result;
	});
	if (compiled === undefined) return undefined;
	const match = compiled.matcher(body.slice(0, matchedLength(compiled)));
	if (!match.find()) return undefined;
	return (match.groupCount() > 0 ? match.group(1) : null) ?? match.group() ?? undefined;
}

/** JSON in one line. Undefined where it is nested so deeply that the stack ends: a body of brackets alone. */
function jsonText(value: JsonValue): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

function jsonIn(rule: VersionRule, path: string, body: string): string | undefined {
	const steps = remembered(paths, rule, () => parseJsonPath(path));
	const root = parseJson(body);
	if (steps === undefined || root === undefined) return undefined;
	const value = valueAt(root, steps);
	if (value === undefined || value === null) return undefined;
	return typeof value === 'object' ? jsonText(value) : String(value);
}

function versionOfPod(pod: PodIdentity | undefined): string | undefined {
	return pod?.imageTag ?? (pod?.revision === undefined ? pod?.name : `revision ${pod.revision}`);
}

type Read = {readonly version: string | undefined; readonly rule: RuleName; readonly memory: AnswerMemory};

function readAnswer(read: ReadAnswer, rule: VersionRule, directory: PodDirectory, memory: AnswerMemory): Read {
	const {answer, pod} = read;
	switch (rule.kind) {
		case 'header':
			return {version: answer.headers[rule.name.toLowerCase()], rule: 'header', memory};
		case 'body':
			return {version: patternIn(rule, rule.pattern, answer.body), rule: 'body', memory};
		case 'json':
			return {version: jsonIn(rule, rule.path, answer.body), rule: 'json', memory};
		case 'title':
			return {version: titleOf(answer.body), rule: 'title', memory};
		case 'pod':
			return {version: versionOfPod(pod), rule: 'pod', memory};
		case 'auto': {
			const {reading, memory: after} = recogniseAutomatically(read, directory, memory);
			return {version: reading?.version, rule: reading?.rule ?? 'auto:body', memory: after};
		}
	}
}

/** Whose an error is that names no pod: the revision's whose image tag it tells. Its text is no version's, so nothing is learnt from it. */
function blamed(read: ReadAnswer, rule: VersionRule, directory: PodDirectory): string | undefined {
	const {version} = readAnswer(read, rule, directory, noAnswers);
	return version === undefined ? undefined : matchRevision(versionText(version), directory.revisions);
}

/**
 * What an answer says by the rule: a version, nothing (`unrecognised`), or a failure (status 400 and above, whatever its body says; a redirect is an
 * answer). `podName` and `ownerUid` are found for failures too: they tell whose fault it is. Texts come out printable and short.
 */
export function recognise(answer: Answer, rule: VersionRule, directory: PodDirectory, memory: AnswerMemory): Recognition {
	// A body with a NUL is no text.
	const body = answer.body.includes('\0') ? '' : answer.body.slice(0, lookedAt);
	const {pod, textWithoutPods} = answeringPod(answer, body, directory);
	const podName = pod && shortText(pod.name, 253);
	const known: ReadAnswer = {answer, body, textWithoutPods, pod};
	if (answer.status >= 400) {
		const outcome: Outcome = {kind: 'failure', reason: `http-${answer.status}`, detail: failureDetail(answer, body)};
		return {outcome, podName, ownerUid: pod?.ownerUid ?? blamed(known, rule, directory), memory};
	}
	const read = readAnswer(known, rule, directory, memory);
	const version = versionText(read.version ?? '');
	if (version === '') return {outcome: {kind: 'unrecognised', status: answer.status}, podName, ownerUid: pod?.ownerUid, memory: read.memory};
	const byTitle = read.rule === 'title' || read.rule === 'auto:title';
	const ownerUid = pod?.ownerUid ?? matchRevision(version, directory.revisions) ?? (byTitle ? matchProgram(version, directory.revisions) : undefined);
	return {outcome: {kind: 'version', version, rule: read.rule}, podName, ownerUid, memory: read.memory};
}
