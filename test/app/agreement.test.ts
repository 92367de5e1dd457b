import {expect, it} from 'vitest';
import {createAgreement} from '../../src/app/agreement.ts';
import type {CurlPodPlan} from '../../src/domain/mix/curl-pod-plan.ts';

const plan = (fact: string): CurlPodPlan => ({facts: [fact], yaml: '', command: ''});

function asking() {
	const shown: (string | undefined)[] = [];
	const agreement = createAgreement(event => {
		if (event.type === 'curl-pod-planned') shown.push(event.plan?.facts[0]);
	});
	return {...agreement, shown};
}

const never = new AbortController().signal;

it('asks one question after the other', async () => {
	const {ask, answer, shown} = asking();
	const [first, second] = [ask(plan('a'), never), ask(plan('b'), never)];
	await Promise.resolve();
	expect(shown).toEqual(['a']);
	answer(true);
	expect(await first).toBe(true);
	await Promise.resolve();
	answer(false);
	expect(await second).toBe(false);
	expect(shown).toEqual(['a', undefined, 'b', undefined]);
});

it('withdraws a question that nobody waits for any more, and no other', async () => {
	const [gone, early] = [new AbortController(), new AbortController()];
	const {ask, answer, shown} = asking();
	const asked = ask(plan('a'), gone.signal);
	const unasked = ask(plan('b'), early.signal);
	const wanted = ask(plan('c'), never);
	await Promise.resolve();
	early.abort();
	gone.abort();
	expect([await asked, await unasked]).toEqual([false, false]);
	await Promise.resolve();
	expect(shown).toEqual(['a', undefined, 'c']);
	gone.abort();
	answer(true);
	expect(await wanted).toBe(true);
});
