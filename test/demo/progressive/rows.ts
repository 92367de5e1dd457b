import type {Answered} from '../api/test-api.ts';

/** A Rollout of OpenKruise in a line, without what differs from cluster to cluster. */
export function kruiseRow({spec, status = {}}: Answered): string {
	const {phase = '', message = '', conditions = [], canaryStatus} = status;
	const step = canaryStatus === undefined ? 'no step' : `step ${canaryStatus.currentStepIndex}→${canaryStatus.nextStepIndex} ${canaryStatus.currentStepState}`;
	const told = conditions.map(({type, status: is, reason}: Answered) => `${type}=${is}/${reason}`).join(' ');
	const closing = canaryStatus?.finalisingStep ? `; finalising ${canaryStatus.finalisingStep}` : '';
	return `${phase}; ${step}; ${told}${closing}${spec.strategy.paused ? '; spec.strategy.paused' : ''}; “${message}”`;
}

/** A Rollout of Argo in a line. */
export function argoRow({metadata, spec, status = {}}: Answered): string {
	const {phase, message = '', currentStepIndex = '–', pauseConditions = [], controllerPause, abort, promoteFull, observedGeneration} = status;
	const flags = [
		...pauseConditions.map(({reason}: Answered) => `pause ${reason}`),
		...(controllerPause === true && pauseConditions.length === 0 ? ['controllerPause, no pauseConditions'] : []),
		...(abort === true ? ['abort'] : []),
		...(promoteFull === true ? ['promoteFull'] : []),
		...(spec.paused === true ? ['spec.paused'] : []),
		...(phase !== undefined && Number(observedGeneration) !== metadata.generation ? ['STALE'] : []),
	];
	return [phase === undefined ? '(no status)' : `${phase} “${message}”`, `step ${currentStepIndex}`, ...flags].join('; ');
}

/** An Application of KubeVela in a line. Traits by their type: their order changes from event to event. */
export function velaRow({metadata, status = {}}: Answered): string {
	const {status: phase, latestRevision, workflow, services = [], observedGeneration} = status;
	const flow =
		workflow === undefined
			? 'no workflow'
			: `workflow ${workflow.status}${workflow.suspend ? ' suspend' : ''}${workflow.terminated ? ' terminated' : ''}${workflow.finished ? ' finished' : ''}; steps ${workflow.steps
					.map((step: Answered) => `${step.name}=${step.phase}`)
					.join(' ')}`;
	const told = services.map(
		({healthy, traits = []}: Answered) =>
			`service ${healthy ? 'healthy' : 'unhealthy'}, ${traits
				.map((trait: Answered) => `${trait.type} ${trait.healthy ? 'ok' : 'unhealthy'}`)
				.sort()
				.join(', ')}`,
	);
	const stale = observedGeneration === metadata.generation ? '' : '; STALE';
	return `${phase ?? '(no status)'}; rev ${latestRevision?.name ?? '–'}; ${flow}; ${told.join(' ') || 'no services'}${stale}`;
}

/** The share that a canary Ingress takes. */
export function ingressRow({metadata: {name, annotations = {}}}: Answered): string {
	const weight = annotations['nginx.ingress.kubernetes.io/canary-weight'];
	return weight === undefined ? name : `${name} weight ${weight}`;
}

/** The rows of the kinds that a recording tells of, by plural. */
export const rowOf: Readonly<Record<string, (object: Answered) => string>> = {kruise: kruiseRow, argo: argoRow, applications: velaRow, ingresses: ingressRow};

/** Without the repetitions. */
export function distinct(rows: readonly string[]): readonly string[] {
	return rows.filter((row, index) => row !== rows[index - 1]);
}
