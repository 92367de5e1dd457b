import type {Answer, ProbeResult} from '../../domain/sample.ts';
import {answerOf} from './answer-bytes.ts';
import {curlFailure} from './curl-failure.ts';

/** A line of the curl pod's loop. Its result lacks only the time, which the log knows. */
export type CurlLine = {
	/** Counts from 1. */
	readonly number: number;
	/** All of the request took so long. */
	readonly totalMs: number;
	readonly result: Untimed<Extract<ProbeResult, {kind: 'answer'}>> | Untimed<Extract<ProbeResult, {kind: 'failure'}>>;
};

type Untimed<Result> = Omit<Result, 'at'>;
type Facts = {readonly exitCode: number; readonly message: string; readonly totalMs: number; readonly firstByteMs: number};

//                   number   bytes              status  seconds  first byte size      address message exit code
const pattern = /^(\d{1,15}) ([A-Za-z0-9+/]*={0,2}) (\d{3}) ([\d.]+) ([\d.]+) (\d{1,15}) ip=\S* (.*?) ?(\d{1,3})$/s;
const writeError = 23;
const timedOut = 28;

/** An answer that we (or the time) have cut short is one all the same: as for the direct route, if it flowed, or has told its bad status. */
function isAnswer(answer: Answer, {exitCode}: Facts): boolean {
	if (exitCode === 0 || exitCode === writeError) return true;
	const flows = answer.body !== '' && answer.headers['content-length'] === undefined;
	return exitCode === timedOut && (flows || answer.status >= 400);
}

function resultOf(answer: Answer | undefined, facts: Facts): CurlLine['result'] {
	const {exitCode, message, totalMs, firstByteMs} = facts;
	if (answer === undefined || !isAnswer(answer, facts)) return {kind: 'failure', latencyMs: totalMs, ...curlFailure(exitCode, message)};
	if (exitCode === 0) return {kind: 'answer', latencyMs: totalMs, answer};
	return {kind: 'answer', latencyMs: firstByteMs, answer: {...answer, truncated: true, firstByteMs}};
}

/** Reads a line of the loop (its format stands with the script); undefined for anything else that a container may print. Never throws. */
export function readCurlLine(text: string): CurlLine | undefined {
	const [, number, base64 = '', , seconds, firstByte, size, message = '', exitCode] = pattern.exec(text) ?? [];
	if (number === undefined) return undefined;
	const totalMs = Number(seconds) * 1000;
	const firstByteMs = Number(firstByte) * 1000;
	if (Number.isNaN(totalMs) || Number.isNaN(firstByteMs)) return undefined;
	const answer = answerOf(Buffer.from(base64, 'base64'), Number(size));
	return {number: Number(number), totalMs, result: resultOf(answer, {exitCode: Number(exitCode), message, totalMs, firstByteMs})};
}
