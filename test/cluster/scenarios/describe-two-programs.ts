import {describe, expect, test} from 'vitest';
import {atOnce, companions, conflicts, createWorkload, inTurn, patches, sendAlone, sendAmidStatus, storedBy, type World} from './two-programs.ts';

/** What must hold wherever two people act on one Deployment. */
export function describeTwoPrograms(worldOf: () => World): void {
	let count = 0;
	const freshName = () => `two-${++count}`;

	describe('of two programs that act at the same moment', () => {
		test.each(conflicts)('%j is done, and %j is told of it', async (first, second, told) => {
			const workload = await createWorkload(worldOf(), freshName());
			const [early, late] = await inTurn(worldOf(), workload, first, second);
			expect(early).toMatchObject({kind: 'accepted'});
			expect(late).toEqual({kind: 'conflicted', message: `deployment "${workload.name}" was changed meanwhile: ${told}`, hint: 'look again, then repeat'});
		});

		test.each(companions)('%j and %j do not touch each other', async (first, second) => {
			const workload = await createWorkload(worldOf(), freshName());
			expect((await inTurn(worldOf(), workload, first, second)).map(({kind}) => kind)).toEqual(['accepted', 'accepted']);
		});

		test.each(conflicts)('%j or %j: exactly one wins where both are sent at once', async (first, second) => {
			const workload = await createWorkload(worldOf(), freshName());
			const kinds = (await atOnce(worldOf(), workload, [first, second])).map(({kind}) => kind);
			// Scaling goes through a subresource and a pause touches no template: after an undo they are no conflict.
			const alsoFine = first.kind === 'scale' || (first.kind === 'pause' && second.kind !== 'pause');
			if (alsoFine && kinds[1] === 'accepted') expect(kinds[0]).toBe('accepted');
			else expect(kinds.toSorted()).toEqual(['accepted', 'conflicted']);
		});
	});

	describe('while a controller writes the status again and again', () => {
		test.each(patches)('%j (paused: %j) comes through, and leaves what it leaves in peace', async (command, isPaused) => {
			const [busy, calm] = await Promise.all([freshName(), freshName()].map(name => createWorkload(worldOf(), name, isPaused)));
			if (busy === undefined || calm === undefined) throw new Error('no workload');
			const {result, sent} = await sendAmidStatus(worldOf(), busy, command);
			expect(result).toMatchObject({kind: 'accepted', change: {before: {generation: busy.generation}, after: {generation: busy.generation + 1}}});
			expect(sent).toBe(5);
			expect(await sendAlone(worldOf(), calm, command)).toMatchObject({kind: 'accepted'});
			expect(await storedBy(worldOf(), busy)).toEqual(await storedBy(worldOf(), calm));
		});
	});
}
