import type {JsonObject} from '../../../src/domain/json.ts';
import {objectsAt} from '../../store/progressive-replay.ts';
import type {LiveObject, PlayedFile, ReleasePlayer} from './release-player.ts';

/** A part of the status that the API server has, without the moment of its last change. */
export async function statusOf({stored}: Pick<ReleasePlayer, 'stored'>, file: PlayedFile, part: string): Promise<JsonObject> {
	return timeless((await stored(file)).status?.[part]);
}

/** The same of a Rollout that was recorded. */
export function recordedStatus(scenario: string, t: number, part: string): JsonObject {
	const [rollout] = objectsAt(scenario, 'rollouts', t);
	return timeless((rollout as unknown as LiveObject).status?.[part]);
}

function timeless(part: unknown): JsonObject {
	const {lastUpdateTime: _, ...rest} = part as JsonObject;
	return rest;
}

/** The image that a Deployment's template asks for. */
export function imageOf({spec}: LiveObject): string | undefined {
	const {template} = spec as {readonly template?: {readonly spec: {readonly containers: readonly {readonly image: string}[]}}};
	return template?.spec.containers[0]?.image;
}
