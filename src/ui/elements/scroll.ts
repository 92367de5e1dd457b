/** The part of a list that is in sight: from `top`, `shown` rows. */
export type Sight = {readonly top: number; readonly shown: number; readonly above: number; readonly below: number};

/** Which rows of a list are shown so that the selected one is among them, moving no more than needed. */
export function sightOf({count, rows, top, selected}: {count: number; rows: number; top: number; selected: number | undefined}): Sight {
	const shown = Math.max(0, Math.min(rows, count));
	const last = Math.max(0, count - shown);
	let first = Math.min(Math.max(0, top), last);
	if (selected !== undefined && selected >= 0 && shown > 0) {
		if (selected < first) first = selected;
		if (selected >= first + shown) first = Math.min(last, selected - shown + 1);
	}
	return {top: first, shown, above: first, below: Math.max(0, count - first - shown)};
}

/** What is out of sight, in words: `+7 more`. */
export function sightHint({above, below}: Sight): string | undefined {
	if (above === 0 && below === 0) return undefined;
	if (above === 0) return `+${below} more`;
	return below === 0 ? `${above} above` : `${above} above · ${below} below`;
}
