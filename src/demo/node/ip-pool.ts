/** The addresses that a node may give to its pods. */
export interface IpPool {
	readonly allocate: () => string | undefined;
	readonly release: (ip: string) => void;
}

/** The hosts of a /24, each as late as possible again: a reused address would send a late request to the wrong pod. */
export function createIpPool(prefix: string): IpPool {
	const free = Array.from({length: 253}, (_, index) => `${prefix}.${index + 2}`);
	return {
		allocate: () => free.shift(),
		release: ip => free.push(ip),
	};
}
