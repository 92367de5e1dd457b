import type {Published} from '../../ui/ports.ts';
import type {ListRemark, Stage} from '../../ui/workload-list/stage.ts';

/** What is on the screen, changed from outside of it. */
export type StageControl = {
	readonly published: Published<Stage>;
	/** Shows a workload's own screen in the place of the list. */
	readonly show: (opened: NonNullable<Stage['opened']>) => void;
	/** Shows the list, with something said in the place of its keys. */
	readonly say: (remark: ListRemark | undefined) => void;
};

/** A trouble is said for so long. */
const remarkMs = 6_000;

/** A stage that shows the list. */
export function createStage(): StageControl {
	let stage: Stage = {remark: undefined, opened: undefined};
	const listeners = new Set<() => void>();
	const set = (next: Stage) => {
		stage = next;
		for (const listener of listeners) listener();
	};
	return {
		published: {
			snapshot: () => stage,
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		show: opened => set({remark: undefined, opened}),
		say(remark) {
			set({remark, opened: undefined});
			if (remark?.tone !== 'bad') return;
			setTimeout(() => stage.remark === remark && set({...stage, remark: undefined}), remarkMs).unref();
		},
	};
}
