/** `1 pod`, `3 pods`. */
export function podsText(count: number): string {
	return `${count} ${count === 1 ? 'pod' : 'pods'}`;
}
