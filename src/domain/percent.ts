/** Share (0…1) as a whole percentage that never says 0 for something or 100 for less than all. */
export function percent(share: number): string {
	if (share > 0 && share < 0.01) return '<1%';
	if (share > 0.99 && share < 1) return '>99%';
	return `${Math.round(share * 100)}%`;
}
