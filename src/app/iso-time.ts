/** Whole seconds, as Kubernetes writes times. */
export function isoTime(at: number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
