import {once} from 'node:events';
import type {Socket} from 'node:net';
import {expect, it, onTestFinished} from 'vitest';
import {emptyPodDirectory} from '../../src/domain/pod-directory.ts';
import type {Sample} from '../../src/domain/sample.ts';
import {parseVersionRule} from '../../src/domain/version-rule-text.ts';
import {createRecogniser} from '../../src/sampler/create-recogniser.ts';
import {createProbe} from '../../src/sampler/probe.ts';
import {rawServer} from '../sampler/servers.ts';
import {encodings} from './real-answers/encodings.ts';
import {frameworks} from './real-answers/frameworks.ts';
import {jsonAnswers} from './real-answers/json-answers.ts';
import {pages} from './real-answers/pages.ts';
import {programs} from './real-answers/programs.ts';
import type {RealAnswer} from './real-answers/real-answer.ts';
import {servers} from './real-answers/servers.ts';
import {statuses} from './real-answers/statuses.ts';
import {texts} from './real-answers/texts.ts';

const realAnswers = [...servers, ...programs, ...frameworks, ...jsonAnswers, ...pages, ...texts, ...encodings, ...statuses];

const isStream = (body: RealAnswer['body']): body is readonly string[] => Array.isArray(body);

/** Sends exactly this answer. A stream's chunks go out until the client hangs up. */
async function send(socket: Socket, {status = 200, headers = {}, body = ''}: RealAnswer): Promise<void> {
	const streams = isStream(body);
	const length = streams || headers['Transfer-Encoding'] !== undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
	const all = [...Object.entries(headers), ...length, ...(streams ? [['Transfer-Encoding', 'chunked']] : [])];
	const head = all.filter(([name]) => status !== 304 || name !== 'Content-Length').map(([name, value]) => `${name}: ${value}\r\n`);
	socket.write(`HTTP/1.1 ${status} Some Reason\r\n${head.join('')}\r\n`);
	if (!streams) return void socket.end(body);
	for (let index = 0; !socket.destroyed; index += 1) {
		const chunk = body[index % body.length] ?? '';
		if (!socket.write(`${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
		else await new Promise(resolve => setImmediate(resolve));
	}
}

function described({outcome, podName}: Sample): string {
	const pod = podName === undefined ? '' : ` from ${podName}`;
	if (outcome.kind === 'version') return `${outcome.version} (${outcome.rule})${pod}`;
	return `${outcome.kind === 'failure' ? `${outcome.reason}: ${outcome.detail}` : `nothing (${outcome.status})`}${pod}`;
}

/** What the program makes of it: through a socket, the probe and the recogniser. */
async function readOf(real: RealAnswer): Promise<string> {
	const server = await rawServer(socket => void send(socket, real).catch(() => {}));
	const probe = createProbe({url: server.url, timeoutMs: 10_000});
	onTestFinished(() => probe.close());
	const rule = parseVersionRule(real.rule ?? 'auto');
	if ('error' in rule) throw new Error(rule.error);
	const recognise = createRecogniser(rule, () => real.cluster ?? emptyPodDirectory);
	return described(recognise(await probe.send(new AbortController().signal)));
}

it('are many', () => {
	expect(new Set(realAnswers.map(({what}) => what)).size).toBe(realAnswers.length);
	expect(realAnswers.length).toBeGreaterThan(60);
});

it.each(realAnswers)('$what', async real => {
	expect(await readOf(real)).toBe(real.reads);
});
