import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import type {PodDirectory} from '../../src/domain/pod-directory.ts';
import type {ProbeResult, Sample} from '../../src/domain/sample.ts';
import {createRecogniser} from '../../src/sampler/create-recogniser.ts';
import {decodeBody} from '../../src/sampler/decode-body.ts';
import {reduce} from '../../src/store/reduce.ts';
import {mixView} from '../../src/store/selectors/mix/mix-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {directoryOf} from '../domain/answers.ts';
import {start} from '../domain/cluster-objects.ts';
import {randomFrom} from '../random.mjs';

const requests = 10_000;
/** So that all of them are within the widest window. */
const intervalMs = 55;
const windows = [60, 600];

const versions = ['v1', 'v2', '3.0.1', 'main-3f2a1b7'];
const podOf = (version: string, index: number) => `shop-6b8f7c9d${versions.indexOf(version)}-x2x7${'bcd'[index]}`;
const cluster: PodDirectory = directoryOf(
	Object.fromEntries(versions.map((version, index) => [index + 1, `shop:${version}`])),
	Object.fromEntries(
		versions.flatMap((version, revision) => [0, 1, 2].map(pod => [podOf(version, pod), [`10.244.${revision}.${pod + 10}`, revision + 1]] as const)),
	),
);

type Said = {readonly headers: Readonly<Record<string, string>>; readonly body: Buffer};

/** How programs say their version, and who they are. */
const manners: readonly ((version: string, pod: string) => Said)[] = [
	(version, pod) => ({headers: {}, body: Buffer.from(`This is version: ${version} running in pod ${pod}\n`)}),
	version => ({headers: {'content-type': 'application/json'}, body: Buffer.from(JSON.stringify({status: 'ok', version}))}),
	version => ({headers: {'x-version': version, server: 'nginx/1.25.3'}, body: Buffer.from('<html><title>Shop</title>')}),
	(version, pod) => ({headers: {'content-encoding': 'gzip', 'x-served-by': pod}, body: gzipSync(`version=${version}\n`)}),
	(_version, pod) => ({headers: {'content-type': 'text/plain'}, body: Buffer.from(`hello from ${pod}`)}),
];

type Phase = {readonly weights: readonly number[]; readonly manner: number; readonly errors: number};
type Kind = string;

function chosen<T>(values: readonly T[], weights: readonly number[], point: number): T | undefined {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	let before = 0;
	return values.find((_, index) => {
		before += weights[index] ?? 0;
		return point * total < before;
	});
}

const failures = ['http-500', 'http-503', 'reset', 'timeout', 'refused', 'nothing'] as const;

/** What becomes of one request, and what the server writes down of it: the version that it said, how it failed, or that it said nothing. */
function answered({weights, manner, errors}: Phase, at: number, next: () => number): {readonly result: ProbeResult; readonly kind: Kind} {
	const latencyMs = next() < 0.01 ? 5000 * next() : 1 + 20 * next();
	const version = chosen(versions, weights, next()) ?? 'v1';
	const pod = podOf(version, Math.floor(next() * 3));
	const kind = next() < errors ? (failures[Math.floor(next() * failures.length)] ?? 'reset') : version;
	const answer = (status: number, {headers, body}: Said): ProbeResult => ({
		kind: 'answer',
		at,
		latencyMs,
		answer: {status, headers, ...decodeBody(body, headers, 65_536, false)},
	});
	if (kind === 'nothing') return {kind, result: answer(204, {headers: {server: 'nginx'}, body: Buffer.alloc(0)})};
	if (kind === 'http-500' || kind === 'http-503')
		return {kind, result: answer(Number(kind.slice(5)), {headers: {}, body: Buffer.from(`${version} in pod ${pod} is broken`)})};
	if (kind !== version) return {kind, result: {kind: 'failure', at, latencyMs, reason: kind as 'reset', detail: kind}};
	return {kind, result: answer(200, manners[manner]?.(version, pod) ?? {headers: {}, body: Buffer.from(version)})};
}

/** Counts by what it was; those of the window that ends with the second of `now`. */
function counted(log: readonly {readonly at: number; readonly kind: Kind}[], now: number, seconds: number): Readonly<Record<Kind, number>> {
	const oldest = (Math.floor(now / 1000) - seconds + 1) * 1000;
	const counts: Record<Kind, number> = {};
	for (const {at, kind} of log) if (at >= oldest) counts[kind] = (counts[kind] ?? 0) + 1;
	return counts;
}

/** The same from the panel. */
function shown(state: State, now: number, seconds: number): Readonly<Record<Kind, number>> {
	const changed = [{type: 'window-changed', seconds} as const, {type: 'ticked', at: now} as const].reduce(reduce, state);
	const {rows, samples} = mixView(changed);
	const counts = Object.fromEntries(rows.filter(({count}) => count > 0).map(({label, kind, count}) => [kind === 'unrecognised' ? 'nothing' : label, count]));
	expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(samples);
	return counts;
}

const phase: fc.Arbitrary<Phase> = fc.record({
	weights: fc.array(fc.integer({min: 0, max: 9}), {minLength: versions.length, maxLength: versions.length}),
	manner: fc.nat(manners.length - 1),
	errors: fc.constantFrom(0, 0, 0.01, 0.3, 1),
});

it('counts what the server has counted, to the last of ten thousand answers', () => {
	fc.assert(
		fc.property(fc.array(phase, {minLength: 1, maxLength: 12}), fc.integer(), (phases, seed) => {
			const next = randomFrom(seed);
			const recognise = createRecogniser({kind: 'auto'}, () => cluster);
			const exchanges = Array.from({length: requests}, (_, index) => {
				const during = phases[Math.floor((index / requests) * phases.length)] as Phase;
				return answered(during, start + Math.floor(index * intervalMs), next);
			});
			// They come in the order in which they are answered.
			exchanges.sort((left, right) => left.result.at + left.result.latencyMs - right.result.at - right.result.latencyMs);
			let state = initialState({context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'}, start, 60);
			state = reduce(state, {type: 'sampler-started', id: 0, target: 'svc/web:80', route: 'service-proxy', intervalMs, traits: plainTraits, at: start});
			const log: {at: number; kind: Kind}[] = [];
			exchanges.forEach(({result, kind}, index) => {
				const sample: Sample = recognise(result);
				state = reduce(state, {type: 'sampled', id: 0, sample});
				log.push({at: result.at, kind});
				if ((index + 1) % 2500 !== 0) return;
				const now = Math.max(...log.map(({at}) => at));
				for (const seconds of windows) expect(shown(state, now, seconds)).toEqual(counted(log, now, seconds));
			});
			expect(Object.values(shown(state, start + requests * intervalMs, 600)).reduce((sum, count) => sum + count, 0)).toBe(requests);
		}),
		{numRuns: 6},
	);
}, 60_000);
