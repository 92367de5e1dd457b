const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** `8m5s`, or `8m` when the smaller unit is zero. */
function twoUnits(big: number, bigUnit: string, small: number, smallUnit: string): string {
	return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;
}

/** Durations from a day on: days and hours, days, years and days, years. */
function longDuration(hours: number): string {
	const days = Math.trunc(hours / 24);
	if (hours < 48) return `${hours}h`;
	if (hours < 192) return twoUnits(days, 'd', hours % 24, 'h');
	if (hours < 2 * 365 * 24) return `${days}d`;
	const years = Math.trunc(days / 365);
	if (hours < 8 * 365 * 24) return twoUnits(years, 'y', days % 365, 'd');
	return `${years}y`;
}

/**
 * A duration in milliseconds as kubectl's AGE and RESTARTS columns print it: `100s`, `9m59s`, `3h5m`, `7d23h`.
 * Negative by up to two seconds (clocks differ) is `0s`, more is `<invalid>`. apimachinery: util/duration/duration.go HumanDuration.
 */
export function humanDuration(ms: number): string {
	const seconds = Math.trunc(ms / secondMs);
	if (seconds < -1) return '<invalid>';
	if (seconds < 0) return '0s';
	if (seconds < 120) return `${seconds}s`;
	const minutes = Math.trunc(ms / minuteMs);
	if (minutes < 10) return twoUnits(minutes, 'm', seconds % 60, 's');
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.trunc(ms / hourMs);
	if (hours < 8) return twoUnits(hours, 'h', minutes % 60, 'm');
	return longDuration(hours);
}

/** For how long (ms, more than 0) the words for a duration that grows stay the same. */
export function steadyMs(ms: number): number {
	const unit = ms < 10 * minuteMs ? secondMs : ms < 8 * hourMs ? minuteMs : hourMs;
	// Cut towards zero: what is less than a second on either side of it has the same words.
	return ms < 0 ? Math.ceil(-ms % secondMs) + 1 : unit - (ms % unit);
}

/** AGE of an object created at `createdAt` (epoch ms), seen at `now`: `<unknown>` without a creation time. kubectl: printers.go translateTimestampSince. */
export function age(createdAt: number | undefined, now: number): string {
	return createdAt === undefined ? '<unknown>' : humanDuration(now - createdAt);
}
