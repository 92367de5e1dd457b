import {readFileSync} from 'node:fs';
import {expect, onTestFinished} from 'vitest';
import {createApiClient} from '../../../src/demo/api-client.ts';
import type {JsonValue} from '../../../src/domain/json.ts';
import type {RunResult} from '../../e2e/program.ts';
import type {Terminal} from '../../e2e/terminal.ts';
import requests from '../../fixtures/progressive/release-requests.json' with {type: 'json'};
import type {ClusterAccess} from '../harness/cluster-access.ts';
import {type Comparable, comparableRequest, sentSince, withoutPrecondition} from './comparable-request.ts';
import {startRecordingProxy} from './recording-proxy.ts';
import {imageOf} from './release-objects.ts';
import {openReleasePlayer, type ReleasePlayer} from './release-player.ts';
import {showsRow, toldRows} from './release-told.ts';
import {end, sayYes, watchingOf} from './watching.ts';

/** A recording that is played to the program, which a person watches, and whose keys reach a real API server. */
export interface ReleaseStage extends ReleasePlayer {
	readonly screen: Terminal;
	/** Plays up to `t` ms, row by row: the next one comes when the screen has told of the last. */
	readonly through: (t: number) => Promise<void>;
	/** Presses a key, reads the question and says yes; gives the requests that this sent, as many as it should. */
	readonly press: (key: string, question: string | RegExp, requests?: number) => Promise<readonly Comparable[]>;
	/** Waits until the screen says that a step waits for a person. */
	readonly waits: () => Promise<unknown>;
	/** Takes the Deployment back by the template that was recorded, which brings this image. */
	readonly undoneAs: (image: string) => Promise<void>;
	/** What was recorded of somebody who did the same. */
	readonly recorded: (did: string) => readonly Comparable[];
	/** `--plain`, to the end of the rollout. */
	readonly plain: (target: string) => Promise<RunResult>;
	/** The parts of `--once -o json` that tell how a release stands. */
	readonly told: (target: string) => Promise<ReleaseTold>;
}

/** What an object of a release says by `--once -o json`. */
export interface ReleaseTold {
	readonly word: string;
	readonly step: number;
	readonly of: number;
	readonly wait: string | undefined;
	/** What steers it, by kind. */
	readonly by: string | undefined;
}

interface ReleaseSnapshot {
	readonly rollout: {readonly phase: string; readonly word: string | null};
	readonly steps: {readonly current: number; readonly of: number; readonly wait: {readonly for: string} | null} | null;
	readonly release: {readonly kind: string} | null;
}

export async function openReleaseStage(cluster: ClusterAccess, scenario: string, target: string): Promise<ReleaseStage> {
	const client = createApiClient({server: cluster.server, token: cluster.own?.token, ca: readFileSync(cluster.own?.certificateAuthority ?? '', 'utf8')});
	onTestFinished(() => client.close());
	const player = await openReleasePlayer(client, scenario);
	const rows = [...toldRows(scenario)];
	await player.playTo(rows[0]?.t ?? 0);
	const proxy = await startRecordingProxy(cluster, scenario);
	onTestFinished(() => proxy.stop());
	const watching = watchingOf(cluster, {name: scenario}, proxy.kubeconfig);
	const screen = watching.screen([target], {columns: 140, rows: 50});
	onTestFinished(() => end(screen));
	const sent = sentSince(proxy);
	const comparable = (request: Parameters<typeof comparableRequest>[0]) => asAsked(comparableRequest(request, scenario));
	const recorded: ReleaseStage['recorded'] = did =>
		requests
			.filter(request => request.scenario === scenario && request.did.startsWith(did))
			.map(({method, path, contentType, body}) => comparable({method, url: path, contentType, body: JSON.stringify(body)}));
	const press: ReleaseStage['press'] = async (key, question, requests = 1) => {
		await screen.pressFor(key, question);
		await screen.shows('Send it?');
		await sayYes(screen);
		const all: Comparable[] = [];
		// The question closes before everything is sent.
		await expect.poll(() => all.push(...sent().map(comparable)), {interval: 20}).toBe(requests);
		await expect.poll(() => proxy.changes.every(({status}) => status !== undefined), {interval: 20}).toBe(true);
		return all;
	};
	return {
		...player,
		screen,
		press,
		recorded,
		waits: () => screen.until('a step that waits', text => text.includes('‖ WAITS FOR YOU') && text.includes('n continue')),
		async undoneAs(image) {
			const [undo] = await press('u', /Undo/);
			const [theirs] = recorded('undo');
			expect(undo).toMatchObject({...theirs, body: expect.arrayContaining(theirs?.body)});
			await expect.poll(async () => imageOf(await player.stored('deployments'))).toBe(image);
		},
		async through(t) {
			for (let row = rows[0]; row !== undefined && row.t <= t; row = rows[0]) {
				rows.shift();
				await player.playTo(row.t);
				await showsRow(screen, row);
			}
			await player.playTo(t);
		},
		plain: of => watching.run([of, '--plain']),
		async told(of) {
			const {rollout, steps, release} = (await watching.snapshot([of])) as unknown as ReleaseSnapshot;
			return {word: rollout.word ?? rollout.phase, step: steps?.current ?? 0, of: steps?.of ?? 0, wait: steps?.wait?.for, by: release?.kind};
		},
	};
}

/** What is asked for: without the version that ours insists on, without the moment, and of a whole object what is not the API server's. */
function asAsked({body, ...request}: Comparable): Comparable {
	const asked = withoutPrecondition(body).body as JsonValue;
	const {spec, status} = asked as {readonly spec?: object; readonly status?: object};
	const told = spec !== undefined && status !== undefined ? {spec, status} : asked;
	const timeless = JSON.stringify(told).replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"');
	return {...request, body: JSON.parse(timeless, inOneOrder)};
}

/** Go writes null for what has no value, and KubeVela the traits of a service in any order. */
function inOneOrder(key: string, value: unknown): unknown {
	if (key !== 'traits' || !Array.isArray(value)) return value ?? undefined;
	return value.toSorted((left, right) => String(left.type).localeCompare(String(right.type)));
}
