import {timeOfDay} from '../store/selectors/time-of-day.ts';

/** The clock of the header. Seconds only while something moves: on a quiet screen each second would cost a frame and tell nothing. */
export function headerClock(at: number, moving: boolean): string {
	return moving ? timeOfDay(at) : timeOfDay(at).slice(0, 5);
}

/** `updated 3s ago`; in minutes on a quiet screen, for the same reason: a live watch proves itself about once a minute. */
export function heardText(secondsAgo: number, moving: boolean): string {
	if (secondsAgo >= 120) return `updated ${Math.floor(secondsAgo / 60)}m ago`;
	if (moving) return `updated ${Math.max(0, Math.floor(secondsAgo))}s ago`;
	return secondsAgo < 60 ? 'updated <1m ago' : 'updated 1m ago';
}
