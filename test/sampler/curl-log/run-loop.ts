import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {onTestFinished} from 'vitest';
import type {CurlRequest} from '../../../src/cluster/curl-pod/curl-arguments.ts';
import {type CurlPodSpec, curlPodManifest} from '../../../src/cluster/curl-pod/manifest.ts';
import {expand} from '../../../src/demo/node/container-environment.ts';

/** Whether this machine can run the pod's loop itself. */
export const hasCurl = canRun('curl', '--version') && canRun('/bin/sh', '-c', 'command -v base64 head tr sleep');

function canRun(program: string, ...args: readonly string[]): boolean {
	try {
		execFileSync(program, args, {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

export function requestOf(url: string, more: Partial<CurlRequest> = {}): CurlRequest {
	return {url, method: 'GET', headers: [], timeoutMs: 2_000, ...more};
}

/** A pod that asks each of these so often. */
export function specOf(requests: readonly CurlRequest[], more: Partial<CurlPodSpec> = {}): CurlPodSpec {
	const image = 'curlimages/curl:8.10.1';
	const who = {startedBy: 'me', startedAt: Date.parse('2026-11-21T14:00:00Z')};
	return {name: 'rollwatch-curl-1', namespace: 'web', image, requests, intervalMs: 100, lifetimeMs: 60_000, most: 1, ...who, ...more};
}

/** The command of a container of the pod as a kubelet hands it to the program. */
export function commandOf(spec: CurlPodSpec, container = 0): readonly string[] {
	const {command = [], args = []} = curlPodManifest(spec).spec.containers[container] ?? {};
	return [...command, ...args].map(word => expand(word, {PATH: '/bin'}));
}

/** What the loop prints on this machine's own shell and curl, line by line. */
export async function runLoop(spec: CurlPodSpec): Promise<readonly string[]> {
	const [program = '', ...args] = commandOf(spec);
	const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'inherit']});
	onTestFinished(() => void child.kill('SIGKILL'));
	const lines: string[] = [];
	createInterface({input: child.stdout}).on('line', line => lines.push(line));
	await once(child, 'close');
	return lines;
}
