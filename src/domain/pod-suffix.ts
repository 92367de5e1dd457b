/** The part of a pod's name that tells it from the others of its ReplicaSet: `x2x7k`. */
export function podSuffix(name: string): string {
	return name.slice(name.lastIndexOf('-') + 1);
}
