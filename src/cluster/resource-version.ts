/**
 * Whether a version is older than another one. Resource versions of one kind are numbers that grow (KEP-5504); of what is no number nobody knows
 * (undefined).
 */
export function isOlder(version: string, than: string): boolean | undefined {
	if (!isNumber(version) || !isNumber(than)) return undefined;
	// Numbers without leading zeros: the longer one is the larger one.
	return version.length === than.length ? version < than : version.length < than.length;
}

const isNumber = (version: string) => /^(?:0|[1-9]\d*)$/.test(version);
