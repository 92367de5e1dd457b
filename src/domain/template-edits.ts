import type {JsonObject, JsonValue} from './json.ts';
import {isJsonList, isJsonObject} from './json-kind.ts';
import type {Template} from './template.ts';
import type {TemplateContainer} from './template-containers.ts';

/** What `kubectl rollout restart` writes into a template so that it becomes another one. */
export const restartedAt = 'kubectl.kubernetes.io/restartedAt';

const objectIn = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** When the template was last restarted, as it stands there. */
export function restartedAtOf({raw}: Template): JsonValue | undefined {
	return objectIn(objectIn(raw.metadata).annotations)[restartedAt];
}

/** The template as a restart leaves it. */
export function restartedTemplate({raw}: Template, time: string): JsonObject {
	const metadata = objectIn(raw.metadata);
	return {...raw, metadata: {...metadata, annotations: {...objectIn(metadata.annotations), [restartedAt]: time}}};
}

/** The template with another image in one container. */
export function templateWithImage({raw}: Template, {name, init, image}: TemplateContainer): JsonObject {
	const spec = objectIn(raw.spec);
	const field = init ? 'initContainers' : 'containers';
	const containers = isJsonList(spec[field]) ? spec[field] : [];
	return {...raw, spec: {...spec, [field]: containers.map(item => (isJsonObject(item) && item.name === name ? {...item, image} : item))}};
}
