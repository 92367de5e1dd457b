/** How late a process gets its turn: what others keep it waiting for is no fault of the program. */
export function createLagMeter() {
	const everyMs = 50;
	let lag = 0;
	let due = performance.now() + everyMs;
	const timer = setInterval(() => {
		lag += Math.max(0, performance.now() - due - 10);
		due = performance.now() + everyMs;
	}, everyMs);
	return {
		/** ms since the start. */
		lag: () => lag,
		stop: () => clearInterval(timer),
	};
}
