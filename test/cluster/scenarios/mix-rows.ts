/** A row of the version mix as it stands on the screen. */
export interface ScreenMixRow {
	readonly percent: number;
	readonly count: number;
	readonly expectedPercent: number | undefined;
}

/** The row of a version; undefined while it has none. */
export function mixRowOf(screen: string, version: string): ScreenMixRow | undefined {
	const name = version.replaceAll('.', '\\.');
	const match = new RegExp(`│ \\S ${name} +█* ?[<>]?(\\d+)% \\((\\d+)\\)(?: ✖\\d+)?(?: +[<>\\d]+–\\d+%)?(?: +exp(?:ected)? +[<>]?(\\d+)%)?`).exec(screen);
	if (match === null) return undefined;
	const [, percent, count, expected] = match;
	return {percent: Number(percent), count: Number(count), expectedPercent: expected === undefined ? undefined : Number(expected)};
}

/** Rows of failures, whole. */
export function failureRowsOf(screen: string): readonly string[] {
	return Array.from(screen.matchAll(/│ (✖ +█* ?[<>]?\d+% \(\d+\).*?) *│/g), ([, row = '']) => row);
}

/** The row of the pod table whose name holds `part`; empty when there is none. */
export function podRowOf(screen: string, part: string): string {
	return screen.split('\n').find(line => line.startsWith('│') && /\d\/\d/.test(line) && line.includes(part)) ?? '';
}
