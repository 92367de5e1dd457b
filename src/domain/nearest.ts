/** Edits (insert, delete, replace) from one text to the other. */
function distance(left: string, right: string): number {
	let previous = Array.from({length: right.length + 1}, (_, index) => index);
	for (const [row, letter] of [...left].entries()) {
		const current = [row + 1];
		for (let column = 1; column <= right.length; column += 1) {
			const replaced = (previous[column - 1] ?? 0) + (letter === right[column - 1] ? 0 : 1);
			current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[right.length] ?? 0;
}

/** The candidate that was probably meant: at most two letters or a third of it are typed wrong, or it begins with what was typed. undefined: none is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
	const scored = candidates.map(candidate => ({
		candidate,
		score: candidate.startsWith(typed) && typed.length > 1 ? 0 : distance(typed.toLowerCase(), candidate.toLowerCase()),
	}));
	const best = scored.toSorted((left, right) => left.score - right.score)[0];
	return best !== undefined && best.score <= Math.max(2, Math.floor(typed.length / 3)) ? best.candidate : undefined;
}
