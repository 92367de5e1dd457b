import type {SamplerControl} from './sampler-control.ts';
import {sentenceOf} from './sentence-of.ts';
import type {Session} from './session.ts';

/** Starts the curl loop in some way; what prevents it is said in its panel and costs nothing else. */
export function startLoop({sampler, store, now}: Session, start: (sampler: SamplerControl) => Promise<void>): void {
	void start(sampler).then(store.flush, (error: unknown) => {
		store.dispatch({type: 'sampler-refused', problem: sentenceOf(error), at: now()});
		store.flush();
	});
}

/** Starts the curl loop as it was asked for. */
export function startCurl(session: Session): void {
	startLoop(session, ({start}) => start());
}
