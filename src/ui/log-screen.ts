import type {LogPlace} from '../domain/log/log-place.ts';
import {nextMatch} from '../domain/log/log-search.ts';
import type {LogWish} from '../store/log-feed.ts';

/** What a person has chosen of the log that is open. */
export type LogScreen = {
	readonly wish: LogWish;
	/** The first row in sight; absent: the newest lines are followed. */
	readonly place: LogPlace | undefined;
	/** What is looked for; empty: nothing. */
	readonly query: string;
	/** The text is being typed: keys are letters. */
	readonly typing: boolean;
	/** The match that was gone to. */
	readonly match: number | undefined;
	readonly timestamps: boolean;
	readonly wrap: boolean;
};

/** A log that was just opened. */
export function openedLog(wish: LogWish): LogScreen {
	return {wish, place: undefined, query: '', typing: false, match: undefined, timestamps: false, wrap: true};
}

/** Another run or container: what was in sight has nothing to do with it. */
export function withWish(screen: LogScreen, change: Partial<LogWish>): LogScreen {
	return {...screen, wish: {...screen.wish, ...change}, place: undefined, match: undefined};
}

/** Looks for a text, from the newest line on. */
export function withQuery(screen: LogScreen, query: string): LogScreen {
	return {...screen, query, match: undefined};
}

/** Goes to a match; of what is nowhere nothing is shown but what was. */
export function atMatch(screen: LogScreen, matches: readonly number[], by: 1 | -1): LogScreen {
	const match = nextMatch(matches, screen.match, by);
	return match === undefined ? screen : {...screen, match, place: {id: match, row: 0}};
}
