import fc from 'fast-check';
import {expect, test} from 'vitest';
import {findImage, parseImageReference} from '../../../src/demo/images/find-image.ts';
import {parsePod} from '../../../src/demo/node/api-pod.ts';
import {expand} from '../../../src/demo/node/container-environment.ts';
import {resolvePort} from '../../../src/demo/node/container-port.ts';
import {createLogBuffer} from '../../../src/demo/node/log-buffer.ts';
import {createTestNode} from './test-node.ts';

test('any text is an image name or not, and what is one keeps its repository and tag', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9./:@_-]{0,40}$/)), name => {
			const reference = parseImageReference(name);
			if (reference === undefined) return;
			expect(parseImageReference(`${reference.repository}:${reference.tag}`)).toEqual(reference);
			findImage(reference);
		}),
	);
});

test('a text without references stays what it is', () => {
	fc.assert(fc.property(fc.string(), text => expand(text.replaceAll('$', ''), {A: 'x'}) === text.replaceAll('$', '')));
});

test('a port is a number that can be listened on, or an error', () => {
	fc.assert(
		fc.property(fc.oneof(fc.integer(), fc.string()), port => {
			const resolved = resolvePort(port, {name: 'app', image: 'nginx'});
			if (typeof resolved === 'number') expect(resolved > 0 && resolved < 65_536).toBe(true);
		}),
	);
});

test('any JSON is a pod or not', () => {
	fc.assert(fc.property(fc.object(), object => void parsePod(object)));
});

test('a log keeps its newest lines within its bounds', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({min: 0, max: 40_000}), {minLength: 1, maxLength: 60}), lengths => {
			const log = createLogBuffer(() => 0);
			for (const [index, length] of lengths.entries()) log.append(`${index}${'x'.repeat(length)}`);
			const lines = log.lines();
			expect(lines.reduce((sum, {text}) => sum + text.length, 0)).toBeLessThanOrEqual(256 * 1_024);
			expect(Number.parseInt(lines.at(-1)?.text ?? '', 10)).toBe(lengths.length - 1);
		}),
		{numRuns: 30},
	);
});

test('any script runs, ends or is given up, and takes nothing else along', async () => {
	const node = createTestNode();
	const word = fc.constantFrom('echo', 'sleep 1', 'exit 3', 'true', 'false', ';', '&&', '||', '"', "'", '$A', 'while true; do', 'done', '\n', '|', '&', 'rm x');
	const scripts = fc.sample(
		fc.oneof(
			fc.array(word, {maxLength: 12}).map(words => words.join(' ')),
			fc.string(),
		),
		{numRuns: 60, seed: 4},
	);
	for (const [index, script] of scripts.entries()) {
		const container = {name: 'app', image: 'busybox', command: ['sh', '-c', script]};
		node.run({metadata: {name: `app-${index}`, namespace: 'default', uid: `uid-${index}`}, spec: {containers: [container], restartPolicy: 'Never'}});
	}
	await node.clock.advance(5_000);
	expect(node.statuses.length).toBeGreaterThan(scripts.length);
	await node.stop();
	expect(node.clock.pendingTimers()).toBe(0);
});
