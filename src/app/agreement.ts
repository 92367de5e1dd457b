import type {CurlPodPlan} from '../domain/mix/curl-pod-plan.ts';
import type {SamplerEvent} from '../store/event.ts';

export type Agreement = {
	/** Shows what would be created and resolves whether the person agrees; `false` where the signal comes first. One after the other. */
	readonly ask: (plan: CurlPodPlan) => Promise<boolean>;
	readonly answer: (yes: boolean) => void;
};

/** Carries a question to the screen and its answer back. */
export function createAgreement(publish: (event: SamplerEvent) => void, signal: AbortSignal): Agreement {
	let last: Promise<boolean> = Promise.resolve(false);
	let settle: ((yes: boolean) => void) | undefined;
	const askOnce = (plan: CurlPodPlan) =>
		new Promise<boolean>(resolve => {
			if (signal.aborted) return resolve(false);
			settle = yes => {
				settle = undefined;
				publish({type: 'curl-pod-planned', plan: undefined});
				resolve(yes);
			};
			publish({type: 'curl-pod-planned', plan});
		});
	signal.addEventListener('abort', () => settle?.(false), {once: true});
	return {
		ask(plan) {
			last = last.then(() => askOnce(plan));
			return last;
		},
		answer: yes => settle?.(yes),
	};
}
