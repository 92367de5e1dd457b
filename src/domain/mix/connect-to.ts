import {shortText} from '../short-text.ts';

/** Another place to connect to, apart from what URL and Host header say (`--connect-to`). What is undefined matches anything, or stays as it is. */
export type ConnectTo = {
	readonly fromHost: string | undefined;
	readonly fromPort: number | undefined;
	readonly host: string | undefined;
	readonly port: number | undefined;
};

const piece = String.raw`(\[[0-9a-fA-F:.%]+\]|[^:\[\]\s/@]*)`;
const simple = new RegExp(`^${piece}(?::(\\d*))?$`);
const curls = new RegExp(`^${piece}:(\\d*):${piece}:(\\d*)$`);

function hostOf(text: string | undefined): string | undefined {
	return text?.replace(/^\[|\]$/g, '') || undefined;
}

function portOf(text: string | undefined): number | undefined {
	return text === undefined || text === '' ? undefined : Number(text);
}

/** Reads `ADDRESS[:PORT]`, or curl's `HOST1:PORT1:HOST2:PORT2` of which any part may be empty; IPv6 addresses in brackets. Or one sentence what is wrong. */
export function parseConnectTo(text: string): ConnectTo | {readonly error: string} {
	const expected = {error: `expected ADDRESS[:PORT] or HOST1:PORT1:HOST2:PORT2, got "${shortText(text, 200)}"`};
	const four = curls.exec(text);
	const two = four === null ? simple.exec(text) : null;
	if (text === '' || (four === null && two === null)) return expected;
	const rule: ConnectTo =
		four === null
			? {fromHost: undefined, fromPort: undefined, host: hostOf(two?.[1]), port: portOf(two?.[2])}
			: {fromHost: hostOf(four[1])?.toLowerCase(), fromPort: portOf(four[2]), host: hostOf(four[3]), port: portOf(four[4])};
	const isPort = (port: number | undefined) => port === undefined || (port >= 1 && port <= 65535);
	return isPort(rule.port) && isPort(rule.fromPort) ? rule : expected;
}

/** Where to connect to for a host (IPv6 without brackets) and port, by the first rule that matches. */
export function connectAddress(rules: readonly ConnectTo[], host: string, port: number): {readonly host: string; readonly port: number} {
	const matches = ({fromHost, fromPort}: ConnectTo) => (fromHost ?? host.toLowerCase()) === host.toLowerCase() && (fromPort ?? port) === port;
	const rule = rules.find(matches);
	return {host: rule?.host ?? host, port: rule?.port ?? port};
}
