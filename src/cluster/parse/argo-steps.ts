import type {ArgoStep} from '../../domain/argo-status.ts';
import {parseDuration} from '../../domain/duration.ts';
import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import {knownCountOf, mostSeconds, numberOf, objectsOf, secondsOf, shownScalar, shownText} from './fields.ts';

/** ms of a duration of Argo's: seconds as a number or digits, else as Go writes it (`1h30m`); undefined for what is none. argo-rollouts: types.go DurationSeconds. */
function durationMs(value: JsonValue | undefined): number | undefined {
	if (typeof value === 'number') return secondsOf(value) * 1000;
	const ms = typeof value === 'string' ? parseDuration(value) : undefined;
	return ms === undefined ? undefined : Math.min(mostSeconds * 1000, ms);
}

type Told = Pick<ArgoStep, 'text'> & Partial<ArgoStep>;

function pauseOf({duration}: JsonObject): Told {
	const ms = durationMs(duration);
	return {text: duration === undefined ? 'pause' : `pause: ${shownScalar(duration)}`, pause: ms === undefined ? 'person' : {ms}};
}

/** argo-rollouts: rolloututil.go CanaryStepString. */
function scaleOf({weight, replicas, matchTrafficWeight}: JsonObject): Told {
	if (numberOf(weight) !== undefined) return {text: `setCanaryScale{weight: ${numberOf(weight)}}`, replicas: `${numberOf(weight)}%`};
	if (matchTrafficWeight === true) return {text: 'setCanaryScale{matchTrafficWeight: true}'};
	if (numberOf(replicas) !== undefined) return {text: `setCanaryScale{replicas: ${numberOf(replicas)}}`, replicas: `${numberOf(replicas)}`};
	return {text: 'invalid'};
}

/** What each kind of step says, in the order in which the plugin looks for them. */
const told: readonly (readonly [does: ArgoStep['does'], tell: (value: JsonObject) => Told])[] = [
	['pause', pauseOf],
	['experiment', () => ({text: 'experiment'})],
	['analysis', () => ({text: 'analysis'})],
	['setCanaryScale', scaleOf],
	['plugin', ({name}) => ({text: `plugin: ${shownText(name)}`})],
	['setHeaderRoute', ({name}) => ({text: `setHeaderRoute: ${shownText(name)}`})],
	['setMirrorRoute', ({name}) => ({text: `setMirrorRoute: ${shownText(name)}`})],
];

const silent = {weight: undefined, replicas: undefined, pause: undefined} as const;

function stepOf(step: JsonObject, share: (weight: number) => number): ArgoStep {
	const weight = knownCountOf(step.setWeight);
	if (weight !== undefined) return {...silent, does: 'setWeight', text: `setWeight: ${weight}`, weight: share(weight)};
	for (const [does, tell] of told) {
		const value = step[does];
		if (isJsonObject(value)) return {...silent, does, ...tell(value)};
	}
	return {...silent, does: 'unknown', text: 'invalid'};
}

/** The steps of a canary; `maxWeight`: what 100 % are. */
export function parseArgoSteps(value: JsonValue | undefined, maxWeight: number): readonly ArgoStep[] {
	return objectsOf(value).map(step => stepOf(step, weight => Math.round((weight * 100) / maxWeight)));
}
