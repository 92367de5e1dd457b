import type {JsonValue} from './json.ts';
import {isJsonList, isJsonObject} from './json-kind.ts';
import type {Template} from './template.ts';

/** A container of a template, as its image can be set. */
export type TemplateContainer = {
	readonly name: string;
	/** As it stands in the template; empty where it has none. */
	readonly image: string;
	readonly init: boolean;
};

/** The containers of a template in their order, then the init containers: the order in which a person looks for the one to change. */
export function templateContainers({raw}: Template): readonly TemplateContainer[] {
	const spec = isJsonObject(raw.spec) ? raw.spec : {};
	return [...listed(spec.containers, false), ...listed(spec.initContainers, true)];
}

function listed(containers: JsonValue | undefined, init: boolean): readonly TemplateContainer[] {
	const items = isJsonList(containers) ? containers : [];
	return items.flatMap(item => {
		if (!isJsonObject(item) || typeof item.name !== 'string') return [];
		return [{name: item.name, image: typeof item.image === 'string' ? item.image : '', init}];
	});
}
