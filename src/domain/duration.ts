const unitMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/**
 * A duration as kubectl takes it (`1.5s`, `500ms`, `1m30s`; a bare number is seconds), in milliseconds.
 * Gives `undefined` for anything else, negative ones included.
 */
export function parseDuration(text: string): number | undefined {
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
	let total = 0;
	for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) total += Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN);
	return Number.isFinite(total) ? total : undefined;
}
