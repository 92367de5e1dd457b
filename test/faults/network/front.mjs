import {connect, createServer} from 'node:net';
import {monotonicMs} from './clock.mjs';

/**
 * One connection of a client to us, with ours to the inner server behind it.
 * @typedef {{
 *   client: import('node:net').Socket, inner: import('node:net').Socket,
 *   isStalled: boolean, kept: {to: import('node:net').Socket, bytes: Buffer}[],
 *   dead: {from: number, missedAt: number | undefined, to: number | undefined}[],
 * }} Link `dead`: when nothing got through, and from when on something should have
 */

/** What becomes of a new connection: it goes through, is taken and then never answered, or is broken at once. @typedef {'pass' | 'hold' | 'reset'} Welcome */

/**
 * TCP in front of the inner server: the place where connections break, fall silent and are refused. While one is stalled nothing of it gets through
 * and nothing says so: no FIN, no RST, no bytes.
 * @param {number} innerPort
 */
export async function startFront(innerPort) {
	/** @type {Map<number, Link>} by the port that the inner server sees */
	const links = new Map();
	/** @type {Set<import('node:net').Socket>} */
	const held = new Set();
	/** @type {Welcome} */
	let welcome = 'pass';
	const onConnection = (/** @type {import('node:net').Socket} */ client) => {
		client.on('error', () => {});
		if (welcome === 'reset') client.resetAndDestroy();
		else if (welcome === 'pass') open(client);
		else {
			held.add(client);
			client.once('close', () => held.delete(client));
		}
	};
	const open = (/** @type {import('node:net').Socket} */ client) => {
		const inner = connect(innerPort, '127.0.0.1');
		/** @type {Link} */
		const link = {client, inner, isStalled: false, kept: [], dead: []};
		inner.once('connect', () => links.set(inner.localPort ?? 0, link));
		join(link, client, inner);
		join(link, inner, client);
		client.once('close', () => inner.destroy());
		inner.once('close', () => {
			if (!link.isStalled) client.end();
		});
		client.once('close', () => links.delete(inner.localPort ?? 0));
	};
	const listen = (/** @type {number} */ port) => {
		const created = createServer(onConnection);
		return new Promise((resolve, reject) => {
			created.once('error', reject);
			created.listen(port, '127.0.0.1', () => resolve(created));
		});
	};
	/** @type {import('node:net').Server} */
	let server = await listen(0);
	const {port} = /** @type {import('node:net').AddressInfo} */ (server.address());
	const all = () => [...links.values()];
	const reset = (/** @type {Iterable<Link>} */ some = all()) => {
		for (const link of some) link.client.resetAndDestroy();
	};
	return {
		port,
		links,
		all,
		reset,
		/** How many connections clients have with us. */
		open: () => [...links.values()].filter(({client}) => !client.destroyed).length + held.size,
		stall(/** @type {Iterable<Link>} */ some = all()) {
			for (const link of some) {
				if (link.isStalled) continue;
				link.isStalled = true;
				link.dead.push({from: monotonicMs(), missedAt: undefined, to: undefined});
			}
		},
		/** What was kept back is delivered, as TCP does after a short break. */
		resume(/** @type {Iterable<Link>} */ some = all()) {
			for (const link of some) resume(link);
		},
		/** For new connections; those that were held go the same way. @param {Welcome} next */
		async greet(next) {
			welcome = next;
			if (next === 'hold') return;
			for (const client of held) {
				held.delete(client);
				if (next === 'reset') client.resetAndDestroy();
				else open(client);
			}
		},
		/** Nobody listens: connections are refused. */
		async close() {
			const closed = new Promise(resolve => server.close(resolve));
			reset();
			for (const client of held) client.destroy();
			await closed;
		},
		async reopen() {
			server = await listen(port);
		},
	};
}

/** @typedef {Awaited<ReturnType<typeof startFront>>} Front */

/** @param {Link} link @param {import('node:net').Socket} from @param {import('node:net').Socket} to */
function join(link, from, to) {
	from.on('data', bytes => {
		if (!link.isStalled) return void to.write(bytes);
		link.kept.push({to, bytes});
		const stall = link.dead.at(-1);
		if (stall !== undefined && to === link.client) stall.missedAt ??= monotonicMs();
	});
	from.on('error', () => {
		if (!link.isStalled) to.destroy();
	});
}

/** @param {Link} link */
function resume(link) {
	if (!link.isStalled) return;
	link.isStalled = false;
	const last = link.dead.at(-1);
	if (last !== undefined) last.to = monotonicMs();
	for (const {to, bytes} of link.kept.splice(0)) if (!to.destroyed) to.write(bytes);
	if (link.inner.destroyed) link.client.end();
}
