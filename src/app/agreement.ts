import type {CurlPodPlan} from '../domain/mix/curl-pod-plan.ts';
import type {SamplerEvent} from '../store/event.ts';

export type Agreement = {
	/** Shows what would be created and resolves whether the person agrees; `false` where the signal comes first: nobody wants it any more. One after the other. */
	readonly ask: (plan: CurlPodPlan, signal: AbortSignal) => Promise<boolean>;
	readonly answer: (yes: boolean) => void;
};

/** Carries a question to the screen and its answer back. */
export function createAgreement(publish: (event: SamplerEvent) => void): Agreement {
	let last: Promise<boolean> = Promise.resolve(false);
	let settle: ((yes: boolean) => void) | undefined;
	const askOnce = (plan: CurlPodPlan, signal: AbortSignal) =>
		new Promise<boolean>(resolve => {
			if (signal.aborted) return resolve(false);
			const end = (yes: boolean) => {
				signal.removeEventListener('abort', withdraw);
				settle = undefined;
				publish({type: 'curl-pod-planned', plan: undefined});
				resolve(yes);
			};
			const withdraw = () => end(false);
			signal.addEventListener('abort', withdraw, {once: true});
			settle = end;
			publish({type: 'curl-pod-planned', plan});
		});
	return {
		ask(plan, signal) {
			last = last.then(() => askOnce(plan, signal));
			return last;
		},
		answer: yes => settle?.(yes),
	};
}
