import {watchesOf} from './fault.mjs';

/** @typedef {import('./fault.mjs').Fault} Fault */

/** RST on all connections, once, or on each new one too as long as it lasts. @param {boolean} lasts @returns {Fault} */
export function reset(lasts) {
	return {
		what: lasts ? 'reset, and each new connection' : 'reset of all connections',
		isDown: lasts,
		async start({front}) {
			if (lasts) await front.greet('reset');
			front.reset();
		},
		stop: ({front}) => front.greet('pass'),
	};
}

/** Nobody listens. @returns {Fault} */
export function refused() {
	return {what: 'connections refused', isDown: true, start: ({front}) => front.close(), stop: ({front}) => front.reopen()};
}

/**
 * Half-open: no FIN, no data, new connections are taken and never answered.
 * @param {'resumes' | 'is reset' | 'is forgotten'} then what becomes of the connections of before: a NAT that restarted forgets them, and they stay as they are
 * @returns {Fault}
 */
export function stall(then) {
	return {
		what: `stall of all; what was open ${then}`,
		isDown: true,
		leavesDead: then === 'is forgotten',
		async start({front}) {
			await front.greet('hold');
			front.stall();
		},
		async stop({front}) {
			if (then === 'is reset') front.reset();
			if (then === 'resumes') front.resume();
			await front.greet(then === 'is reset' ? 'reset' : 'pass');
			await front.greet('pass');
		},
	};
}

/** Half-open: one connection alone, and for good. @param {string} stream @returns {Fault} */
export function stallOne(stream) {
	return {
		what: `stall of one connection (${stream})`,
		isDown: false,
		leavesDead: true,
		isOneOfMany: true,
		start(proxy) {
			const links = watchesOf(proxy, {text: '', hits: exchange => exchange.stream === stream}).flatMap(([{link}]) => link ?? []);
			proxy.front.stall(links);
		},
	};
}

/** Everything comes in small pieces, cut anywhere. @param {number} bytes @param {number} everyMs @returns {Fault} */
export function trickle(bytes, everyMs) {
	return {what: `trickle of ${bytes} bytes every ${everyMs} ms`, isDown: false, hooks: {pace: () => ({bytes, everyMs})}};
}
