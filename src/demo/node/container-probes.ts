import type {Clock} from '../clock.ts';
import type {ContainerSpec, ProbeSpec} from './pod-spec.ts';
import type {ProbeResult} from './probe.ts';
import {type ProbeKind, Prober} from './prober.ts';

/** The three probes of a container, over all its runs: whether it has started, is ready, is still alive. Asked of a container that runs. */
export interface ContainerProbes {
	readonly isStarted: () => boolean;
	readonly isReady: () => boolean;
	/** The probe that wants the container restarted. */
	readonly failed: () => 'startup' | 'liveness' | undefined;
	readonly watch: (run: {readonly startedAt: number} | undefined) => void;
	/** Somebody has just read that it is not ready. */
	readonly trigger: () => void;
	/** The pod ends: only its readiness is still of interest. */
	readonly endLife: () => void;
	readonly stop: () => void;
}

/** Who sends the probes and hears of them. */
export interface ProbesOptions {
	readonly clock: Clock;
	readonly send: (spec: ProbeSpec) => Promise<ProbeResult>;
	readonly onResult: (kind: ProbeKind, result: ProbeResult) => void;
	readonly onChange: (kind: ProbeKind) => void;
}

/** What most containers of a large cluster have, so there is only one. */
const noProbes: ContainerProbes = {
	isStarted: () => true,
	isReady: () => true,
	failed: () => undefined,
	watch: () => undefined,
	trigger: () => undefined,
	endLife: () => undefined,
	stop: () => undefined,
};

/** The probes that a container declares; each that it does not declare is taken as passed. */
export function createContainerProbes(container: ContainerSpec, {clock, send, onResult, onChange}: ProbesOptions): ContainerProbes {
	const {startupProbe, readinessProbe, livenessProbe} = container;
	if (startupProbe === undefined && readinessProbe === undefined && livenessProbe === undefined) return noProbes;
	const create = (kind: ProbeKind, spec: ProbeSpec | undefined): Prober | undefined =>
		spec === undefined
			? undefined
			: new Prober({
					kind,
					spec,
					clock,
					send: () => send(spec),
					isDue: () => (kind === 'startup') !== isStarted(),
					onResult: result => onResult(kind, result),
					onChange: () => onChange(kind),
				});
	const isStarted = () => (startup?.verdict ?? 'success') === 'success';
	const isReady = () => isStarted() && (readiness?.verdict ?? 'success') === 'success';
	const startup = create('startup', startupProbe);
	const readiness = create('readiness', readinessProbe);
	const liveness = create('liveness', livenessProbe);
	const all = [startup, readiness, liveness].filter(prober => prober !== undefined);
	return {
		isStarted,
		isReady,
		failed() {
			// The kubelet looks at liveness first, but before the start it can't have failed.
			if (liveness?.verdict === 'failure') return 'liveness';
			return startup?.verdict === 'failure' ? 'startup' : undefined;
		},
		watch(run) {
			for (const prober of all) prober.watch(run);
		},
		trigger() {
			if (isStarted() && !isReady()) readiness?.trigger();
		},
		endLife() {
			startup?.stop();
			liveness?.stop();
		},
		stop() {
			for (const prober of all) prober.stop();
		},
	};
}
