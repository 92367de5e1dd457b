// A process of its own, so that neither its CPU time nor its turn is the benchmark's: stands between clients and the API server, reads what goes
// through (TLS ends here and begins anew) and changes nothing of it. Each port is a client's own, so that clients are told apart.
import {connect, createServer} from 'node:tls';
import {loopbackCertificate} from '../../../src/demo/certificate.ts';
import {createRequestCounter} from './request-counter.mjs';
import {createMarkerFinder, createTextCounter} from './texts.mjs';

const host = '127.0.0.1';
const protocols = ['h2', 'http/1.1'];
/** How an event of a pod begins in a watch for whole objects. */
const podEvent = '"object":{"kind":"Pod",';

const {cert, key} = await loopbackCertificate(Date.now());

/** @typedef {{requests: number, bytesUp: number, bytesDown: number, podEvents: number, connections: number}} Count what went through one port so far, in plain bytes of HTTP */

/** @type {Map<number, {count: Count, markers: Set<string>}>} */
const ports = new Map();

/** @param {{host: string, port: number, ca?: string, cert?: string, key?: string}} server @returns {Promise<number>} */
function open(server) {
	const count = {requests: 0, bytesUp: 0, bytesDown: 0, podEvents: 0, connections: 0};
	const markers = new Set();
	const listener = createServer({cert, key, ALPNProtocols: protocols});
	const port = () => /** @type {import('node:net').AddressInfo} */ (listener.address()).port;
	listener.on('secureConnection', client => join(client, server, {port: port(), count, markers}));
	listener.on('tlsClientError', () => {});
	return new Promise(resolve => {
		listener.listen(0, host, () => {
			ports.set(port(), {count, markers});
			resolve(port());
		});
	});
}

/** @param {import('node:tls').TLSSocket} client @param {Parameters<typeof open>[0]} server @param {{port: number, count: Count, markers: Set<string>}} watched */
function join(client, server, {port, count, markers}) {
	const protocol = client.alpnProtocol || 'http/1.1';
	const upstream = connect({...server, ALPNProtocols: [protocol], servername: ''});
	const requestsIn = createRequestCounter(protocol);
	const found = createMarkerFinder();
	const podEventsIn = createTextCounter(podEvent);
	count.connections += 1;
	client.setNoDelay(true);
	upstream.setNoDelay(true);
	client.on('data', bytes => {
		count.bytesUp += bytes.length;
		count.requests += requestsIn(bytes);
	});
	upstream.on('data', bytes => {
		const at = Number(process.hrtime.bigint()) / 1e6;
		count.bytesDown += bytes.length;
		count.podEvents += podEventsIn(bytes);
		for (const marker of found(bytes, markers)) {
			markers.delete(marker);
			process.send?.({port, marker, at});
		}
	});
	client.pipe(upstream);
	upstream.pipe(client);
	// A pipe ends the other side when one ends, and not when one fails.
	client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
	upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
}

process.on('message', async (/** @type {any} */ message) => {
	if (message.open !== undefined) process.send?.({opened: await open(message.open), certificate: cert});
	if (message.expect !== undefined) {
		ports.get(message.port)?.markers.add(message.expect);
		process.send?.({port: message.port, expects: message.expect});
	}
	if (message.count !== undefined) process.send?.({port: message.count, count: ports.get(message.count)?.count});
});
process.on('disconnect', () => process.exit());
