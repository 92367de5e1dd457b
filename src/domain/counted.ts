/** `1 pod`, `3 pods`: so many of a thing, whose name takes an s. */
export function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
