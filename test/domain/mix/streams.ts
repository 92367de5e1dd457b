import {addToShareTest, emptyShareTest, expectationChanged, type ShareTest, type ShareVerdict, verdictOf} from '../../../src/domain/mix/share-test.ts';
import type {Outcome} from '../../../src/domain/sample.ts';

const answered: Outcome = {kind: 'version', version: 'v', rule: 'auto:word'};
const failed: Outcome = {kind: 'failure', reason: 'http-502', detail: ''};

/** Endpoints: the owner of each ready pod. */
export type Endpoints = readonly string[];

/** The shares that these let expect, counted here anew. */
export function sharesOf(endpoints: Endpoints): readonly {ownerUid: string; share: number}[] {
	return [...new Set(endpoints)].map(ownerUid => ({ownerUid, share: endpoints.filter(other => other === ownerUid).length / endpoints.length}));
}

export type Change = {readonly at: number; readonly endpoints: Endpoints};

export type Stream = {
	/** Epoch ms of the first answer. */
	readonly from: number;
	readonly seconds: number;
	readonly perSecond: number;
	/** When our watch tells of which endpoints. */
	readonly told: readonly Change[];
	/** Which owner answers at that time, undefined: the request fails. */
	readonly answer: (at: number) => string | undefined;
};

/** Runs the test over a stream; `look` is called after each answer and says whether it has seen enough. */
export function runStream({from, seconds, perSecond, told, answer}: Stream, look: (verdict: ShareVerdict, answers: number) => boolean): ShareTest {
	let test = emptyShareTest;
	let next = 0;
	const tell = (until: number) => {
		for (let change = told[next]; change !== undefined && change.at <= until; change = told[next]) {
			test = expectationChanged(test, change.at, sharesOf(change.endpoints));
			next += 1;
		}
	};
	for (let index = 0; index < seconds * perSecond; index += 1) {
		const at = from + Math.floor((index * 1000) / perSecond);
		tell(at);
		const ownerUid = answer(at);
		test = addToShareTest(test, {at, latencyMs: 3, ownerUid, outcome: ownerUid === undefined ? failed : answered});
		if (look(verdictOf(test), index + 1)) break;
	}
	return test;
}
