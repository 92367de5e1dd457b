import {type AnswerMemory, bodyLabel} from './answer-memory.ts';
import {elementText, isHtml, isXml, metaContents, titleOf, visibleText} from './html-text.ts';
import {isImageTag} from './match-revision.ts';
import {isMetrics, metricVersions} from './mix/metric-versions.ts';
import type {PodDirectory, PodIdentity} from './pod-directory.ts';
import type {Answer, RuleName} from './sample.ts';
import {versionWords} from './version-words.ts';

/** A version that an answer may mean. `weak`: perhaps only of the server in front of the program. */
export type Reading = {readonly version: string; readonly rule: RuleName; readonly weak: boolean};

/** An answer, its body as far as it is looked at, and that body without names of pods. */
export type ReadAnswer = {readonly answer: Answer; readonly body: string; readonly textWithoutPods: string; readonly pod: PodIdentity | undefined};

// Headers and `meta` elements in which programs say their version. Not x-aspnet-version and x-powered-by, which are the framework's, nor x-api-version.
const versionNames = /^(?:x-)?(?:app-?|application-|image-|service-|build-|release-)?(?:version|release)$/;
const tagNames = /^(?:x-)?(?:(?:app|image|build|release|docker)-)(?:tag|id|number)$/;
const commitNames = /^(?:x-)?(?:app-|build-)?(?:git-)?(?:commit|sha|revision)(?:-(?:id|sha|hash))?$/;

// Servers that are a part of the program, or of the cloud: their version stays when the program's changes.
const embedded =
	/^(?:werkzeug|gunicorn|uvicorn|hypercorn|waitress|tornadoserver|cherrypy|simplehttp|basehttp|wsgiserver|python|aiohttp|daphne|kestrel|microsoft-|jetty|undertow|netty|akka-http|pekko-http|cowboy|mochiweb|puma|webrick|thin|passenger|phusion|php|libwww|hyper|actix|awselb|cloudfront|cloudflare|gws|google)/i;

/** Versions among named values, a header's or a `meta` element's: those called so before tags, those before commits. */
function namedVersions(values: readonly (readonly [name: string, value: string])[]): readonly string[] {
	const called = (names: RegExp, shape: RegExp) =>
		values.flatMap(([name, value]) => (names.test(name.toLowerCase().replaceAll('_', '-')) && shape.test(value.trim()) ? [value.trim()] : []));
	return [...called(versionNames, /./), ...called(tagNames, /^[\w.+@/:-]*\d/), ...called(commitNames, /^[0-9a-f]{7,64}$/i)];
}

function headerReadings({headers}: Answer): readonly Reading[] {
	return namedVersions(Object.entries(headers)).map(version => ({version, rule: 'auto:header', weak: false}));
}

/**
 * The version in `Server: nginx/1.16.1`. It is the program's own where the page is that server's (its title names it, or there is no page), else
 * it may be only what serves the page.
 */
function serverReadings({answer, body}: ReadAnswer, title: string | undefined): readonly Reading[] {
	const server = /^([^\s/]{1,64})\/(v?\d[^\s;,()]{0,63})/i.exec(answer.headers.server ?? '');
	const [, product, version] = server ?? [];
	if (product === undefined || version === undefined || embedded.test(product)) return [];
	const own = body === '' || (title?.toLowerCase().includes(product.toLowerCase()) ?? false);
	return [{version, rule: 'auto:header', weak: !own}];
}

// A script as long as that is a bundle of libraries, each with its version.
const longestScript = 2048;

/** Words of the body that may be a version, by what kind of text it is. */
function wordsOf({answer, body, textWithoutPods}: ReadAnswer, isPage: boolean): readonly string[] {
	if (isPage) return [...namedVersions(metaContents(body)), ...versionWords(visibleText(textWithoutPods))];
	// All that is kept: metrics are many, and in the order of their names.
	if (isMetrics(body)) return metricVersions(answer.body);
	if (isXml({...answer, body})) return versionWords(elementText(textWithoutPods));
	const isCode = /\b(?:javascript|ecmascript|css)\b/i.test(answer.headers['content-type'] ?? '');
	return isCode && body.length > longestScript ? [] : versionWords(textWithoutPods);
}

function podReadings(pod: PodIdentity | undefined): readonly Reading[] {
	const version = pod?.imageTag ?? (pod?.revision === undefined ? undefined : `revision ${pod.revision}`);
	return version === undefined ? [] : [{version, rule: 'auto:pod', weak: false}];
}

/** Everything that the answer may mean, in the order of trust. A page's title counts only where the page was really given. */
function readings(read: ReadAnswer, byPage: boolean): readonly Reading[] {
	const {answer, body, pod} = read;
	const html = isHtml({...answer, body});
	const title = html && answer.status < 300 ? titleOf(body) : undefined;
	// Where different programs answer, their servers' versions are no common measure: a person tells them by the page.
	const server = byPage && title !== undefined ? [] : serverReadings(read, title);
	return [
		...wordsOf(read, html).map((version): Reading => ({version, rule: 'auto:word', weak: false})),
		...headerReadings(answer),
		...server,
		...podReadings(pod),
		...(title === undefined ? [] : [{version: title, rule: 'auto:title', weak: false} as const]),
	];
}

/**
 * The version among the readings: an image tag of the workload whatever says it, else the first that is not weak, else the first. To a redirect a
 * weak one is none: most come from what stands in front.
 */
function chosen(candidates: readonly Reading[], directory: PodDirectory, isRedirect: boolean): Reading | undefined {
	const strong = candidates.find(({weak}) => !weak);
	const tagged = candidates.find(({version, rule}) => rule !== 'auto:pod' && isImageTag(version, directory.revisions));
	return tagged ?? strong ?? (isRedirect ? undefined : candidates[0]);
}

/**
 * The version that an answer tells without any rule given, and which rule found it. In order: a version-like word in the body, a version header, the
 * `Server` header, the pod that answered and its image tag, the page's title, and at last only whether the body is one seen before.
 * Undefined where there is nothing to tell by.
 */
export function recogniseAutomatically(
	read: ReadAnswer,
	directory: PodDirectory,
	memory: AnswerMemory,
): {readonly reading: Reading | undefined; readonly memory: AnswerMemory} {
	const byPage = memory.byPage || directory.programs.length > 1;
	const remembered = byPage === memory.byPage ? memory : {...memory, byPage};
	const reading = chosen(readings(read, byPage), directory, read.answer.status >= 300);
	// A redirect's body is the server's stock phrase.
	if (reading !== undefined || read.body.trim() === '' || read.answer.status >= 300) return {reading, memory: remembered};
	const {label, memory: after} = bodyLabel(remembered, read.textWithoutPods);
	return {reading: label === undefined ? undefined : {version: label, rule: 'auto:body', weak: true}, memory: after};
}
