import type {ContainerSpec} from './pod-spec.ts';

/** The port that a probe or hook means, by number or by name; a text is the kubelet's error (probe/util.go). */
export function resolvePort(port: number | string, {ports = []}: ContainerSpec): number | string {
	const named = typeof port === 'number' ? port : ports.find(({name}) => name === port)?.containerPort;
	const number = named ?? (/^[+-]?\d+$/.test(String(port)) ? Number(port) : undefined);
	if (number === undefined) return `strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`;
	return number > 0 && number < 65_536 ? number : `invalid port number: ${number}`;
}

/** Go's words for a connection that nobody took. */
export function refused(address: string): string {
	return `dial tcp ${address}: connect: connection refused`;
}

/** Go's words for what went wrong with a connection. */
export function goNetworkError(error: NodeJS.ErrnoException, address: string): string {
	if (error.code === 'ECONNREFUSED') return refused(address);
	if (error.code === 'ECONNRESET') return error.message === 'socket hang up' ? 'EOF' : `read tcp ${address}: read: connection reset by peer`;
	return `dial tcp ${address}: ${error.message}`;
}
