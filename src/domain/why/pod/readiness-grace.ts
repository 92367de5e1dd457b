import type {Probe} from '../../pod.ts';

/** When a container that does well becomes ready. Epoch ms. */
export type ReadinessGrace = {
	/** Its probes can't have agreed before. */
	readonly earliestAt: number;
	/** Its first questions have been asked by then. */
	readonly likelyAt: number;
	/** Its probes have been as patient as they are told to be; later is late. */
	readonly latestAt: number;
};

const secondMs = 1000;

/**
 * How long a container has to become ready by its own probes: a startup probe comes first, then the readiness probe after its delay, with a first
 * question at once and further ones each period. `startedAt` is when the container began to run (epoch ms); `isStarted`: the startup probe has
 * succeeded. kubernetes: pkg/kubelet/prober/worker.go doProbe.
 */
export function readinessGrace(startedAt: number, readiness: Probe | undefined, startup: Probe | undefined, isStarted: boolean): ReadinessGrace {
	const begin = startup === undefined || isStarted ? {earliest: startedAt, likely: startedAt, latest: startedAt} : startupRange(startedAt, startup);
	if (readiness === undefined) return {earliestAt: begin.earliest, likelyAt: begin.likely, latestAt: begin.latest};
	const delayedAt = startedAt + readiness.initialDelaySeconds * secondMs;
	const period = readiness.periodSeconds * secondMs;
	const agreed = (readiness.successThreshold - 1) * period;
	const patience = Math.max(readiness.failureThreshold, readiness.successThreshold) * period + readiness.timeoutSeconds * secondMs;
	return {
		earliestAt: Math.max(delayedAt, begin.earliest) + agreed,
		likelyAt: Math.max(delayedAt, begin.likely) + agreed + period,
		latestAt: Math.max(delayedAt, begin.latest) + patience,
	};
}

function startupRange(startedAt: number, startup: Probe) {
	const earliest = startedAt + startup.initialDelaySeconds * secondMs;
	return {earliest, likely: earliest + startup.periodSeconds * secondMs, latest: startupLimit(startedAt, startup)};
}

/** When the kubelet kills a container whose startup probe never succeeded. Epoch ms. */
export function startupLimit(startedAt: number, {initialDelaySeconds, periodSeconds, failureThreshold}: Probe): number {
	return startedAt + (initialDelaySeconds + periodSeconds * failureThreshold) * secondMs;
}
