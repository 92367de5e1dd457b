/** `1 pod`, `3 pods`; of a `kind`: `2 old pods`. */
export function podsText(count: number, kind?: string): string {
	return `${count} ${kind === undefined ? '' : `${kind} `}${count === 1 ? 'pod' : 'pods'}`;
}
