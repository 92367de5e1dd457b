const suffixes: Readonly<Record<string, number>> = {
	'': 1,
	m: 1e-3,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
};

/** An amount in the API's notation: `64Mi`, `1e6`, `500m`; undefined if it is none. */
export function parseQuantity(text: string | undefined): number | undefined {
	const match = /^(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(text ?? '');
	return match === null ? undefined : Number(match[1]) * (suffixes[match[2] ?? ''] ?? 1);
}
