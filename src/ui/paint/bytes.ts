/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
	let bytes = 0;
	for (let index = 0; index < text.length; index++) bytes += unitBytes(text.charCodeAt(index));
	return bytes;
}

/** Of one UTF-16 unit; of a pair of them each is half of four. */
function unitBytes(unit: number): number {
	if (unit < 0x80) return 1;
	return unit < 0x8_00 || (unit >= 0xd8_00 && unit <= 0xdf_ff) ? 2 : 3;
}
