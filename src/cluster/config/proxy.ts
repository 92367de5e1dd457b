import {BlockList, isIP, isIPv4} from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

function variable(env: Environment, name: string): string | undefined {
	return env[name] || env[name.toLowerCase()] || undefined;
}

function isInNetwork(host: string, network: string): boolean {
	const [address = '', bits = ''] = network.split('/');
	if (isIP(host) === 0 || isIP(host) !== isIP(address) || !/^\d+$/.test(bits) || Number(bits) > (isIPv4(address) ? 32 : 128)) return false;
	const list = new BlockList();
	const family = isIPv4(address) ? 'ipv4' : 'ipv6';
	list.addSubnet(address, Number(bits), family);
	return list.check(host, family);
}

function isExcepted(host: string, port: string, entry: string): boolean {
	if (entry === '*') return true;
	if (entry.includes('/')) return isInNetwork(host, entry);
	const [, name = entry, onlyPort] = /^([^:]+):(\d+)$/.exec(entry) ?? [];
	if (onlyPort !== undefined && onlyPort !== port) return false;
	const bare = name.replace(/^\*?\./, '');
	return (host === bare && !name.startsWith('.')) || host.endsWith(`.${bare}`);
}

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for a server; undefined: none. Loopback is never reached through one.
 * Go, and so kubectl: golang.org/x/net/http/httpproxy.
 */
export function proxyFromEnvironment(server: string, env: Environment): string | undefined {
	const {protocol, hostname, port} = new URL(server);
	const host = hostname.replace(/^\[|\]$/g, '');
	const proxy = variable(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
	if (proxy === undefined || host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))) return undefined;
	const realPort = port || (protocol === 'https:' ? '443' : '80');
	const exceptions = (variable(env, 'NO_PROXY') ?? '').split(',').map(entry => entry.trim().toLowerCase());
	if (exceptions.some(entry => entry !== '' && isExcepted(host, realPort, entry))) return undefined;
	return proxy.includes('://') ? proxy : `http://${proxy}`;
}
