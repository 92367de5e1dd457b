import {jsonText} from '../../../src/app/json-text.ts';
import {warningTexts} from '../../../src/cluster/http/warnings.ts';
import {JsonSplitter} from '../../../src/cluster/json-splitter.ts';
import {isHostPattern} from '../../../src/cluster/parse/host.ts';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {parseDuration} from '../../../src/domain/duration.ts';
import {elementText, metaContents, titleOf, visibleText} from '../../../src/domain/html-text.ts';
import {imageChange, imageTag, shortImage} from '../../../src/domain/image-change.ts';
import {parseImageName, programOf, shortImageName} from '../../../src/domain/image-name.ts';
import {imageRefusal} from '../../../src/domain/image-reference.ts';
import {shellQuoted} from '../../../src/domain/kubectl-command.ts';
import {parseLabel} from '../../../src/domain/label-syntax.ts';
import {logText} from '../../../src/domain/log/log-text.ts';
import {isStamp} from '../../../src/domain/log/stamp.ts';
import {maskNamed, maskStated, maskText} from '../../../src/domain/mask-text.ts';
import {withCookies} from '../../../src/domain/mix/cookie-jar.ts';
import {isMetrics, metricVersions} from '../../../src/domain/mix/metric-versions.ts';
import {retryAfter} from '../../../src/domain/mix/pace.ts';
import {isRequestPath, parseRequestPaths} from '../../../src/domain/mix/request-paths.ts';
import {parseSampleTarget} from '../../../src/domain/sample-target.ts';
import {plainText} from '../../../src/domain/sanitise.ts';
import {shortText} from '../../../src/domain/short-text.ts';
import {versionWords} from '../../../src/domain/version-words.ts';
import {readCurlLine} from '../../../src/sampler/curl-log/read-curl-line.ts';
import {clean, fitted, truncate, truncateName, wrap} from '../../../src/ui/text.ts';

const metadata = {uid: 'u', name: 'n'};

/** Everything of ours that reads a text from outside, by its name. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
	plainText,
	shortText: text => shortText(text, 200),
	jsonText,
	shellQuoted,
	logText,
	isStamp,
	clean,
	fitted: text => fitted(text, 80),
	truncate: text => truncate(text, 80),
	truncateName: text => truncateName(text, 80),
	wrap: text => wrap(text, 80),
	maskText,
	maskStated,
	maskNamed: text => maskNamed(text.slice(0, 100), text),
	versionWords,
	isMetrics,
	metricVersions,
	titleOf,
	metaContents,
	elementText,
	visibleText,
	imageTag,
	shortImage,
	shortImageName,
	parseImageName,
	programOf,
	imageRefusal,
	imageChange: text => imageChange([text], [`${text}x`]),
	parseLabel,
	parseDuration,
	parseSampleTarget,
	isRequestPath,
	parseRequestPaths,
	isHostPattern,
	warningTexts,
	retryAfter: text => retryAfter(text, 0),
	readCurlLine,
	withCookies: text => withCookies([], [text], {path: '/', secure: false, at: 0}),
	splitJson: text => new JsonSplitter('stream').push(Buffer.from(`{"a":${JSON.stringify(text)}}`)),
	parseK8sEvent: text => parseK8sEvent({metadata, involvedObject: {name: text}, message: text, reason: text}),
	parsePod: text =>
		parsePod({
			metadata: {...metadata, labels: {[text]: text}},
			spec: {containers: [{name: text, image: text, readinessProbe: {exec: {command: [text]}, httpGet: {path: `/?${text}`}}}]},
			status: {message: text},
		}),
	parseWorkload: text => parseWorkload({metadata, spec: {selector: {matchLabels: {a: text}}, strategy: {rollingUpdate: {maxSurge: text}}}}),
};

/** What makes an expression that looks for something try again and again. */
export const adversarial: readonly string[] = [
	'a',
	' ',
	'a ',
	'0',
	'v1',
	'1.',
	'v1.2.3-',
	'.',
	'-',
	'_',
	'/',
	':',
	'=',
	'"',
	"'",
	'\\',
	'\\"',
	'<',
	'<a ',
	'<meta ',
	'<title>',
	'<!--',
	'</',
	'&#',
	'&amp',
	'{',
	'[{',
	'{"a":',
	'name{a="',
	'# HELP ',
	'password=',
	'--token ',
	'--a-b ',
	'a: "',
	'token: bearer ',
	'://a:',
	'://a:b',
	'a@',
	'-----BEGIN A-----',
	'LS0tLS1CRUdJTi',
	'eyJaaaaaaaa.',
	'ghp_',
	'299 - "',
	'299 a "\\',
	'version ',
	'version: 1.2 ',
	'build ',
	'a,b;c ',
	'\t',
	'\n',
	'\r\n',
	'\u001b[',
	'\u001b]0;',
	'\u001b',
	'\u009b0;',
	'\u0000',
	'\u202e',
	'\u200b',
	'a\u200d',
	'\u0300',
	'漢',
	'👩\u200d',
	'\ud800',
	'*.',
	'1h',
	'sha256:0',
	'aB3',
];
