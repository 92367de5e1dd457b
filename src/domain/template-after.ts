import type {WorkloadCommand} from './command.ts';
import type {JsonObject, JsonValue} from './json.ts';
import {isJsonList, isJsonObject} from './json-kind.ts';
import type {ReplicaSet} from './replica-set.ts';
import {undoTarget} from './revisions.ts';
import type {Template} from './template.ts';
import type {Workload} from './workload.ts';

/** The template that a command would leave, and what it is called: `revision 2`. */
export type TemplateAfter = {readonly name: string; readonly template: Template};

function changed({raw}: Template, key: 'metadata' | 'spec', change: (value: JsonObject) => JsonObject): Template {
	const value = raw[key];
	return {raw: {...raw, [key]: change(isJsonObject(value) ? value : {})}, images: [], labels: {}};
}

function withImage(containers: JsonValue | undefined, container: string, image: string): JsonValue {
	if (!isJsonList(containers)) return [];
	return containers.map(one => (isJsonObject(one) && one.name === container ? {...one, image} : one));
}

/** The annotation that `kubectl rollout restart` writes. Its time is that of the sending. */
function restarted(metadata: JsonObject): JsonObject {
	const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
	return {...metadata, annotations: {...annotations, 'kubectl.kubernetes.io/restartedAt': '(the time of the restart)'}};
}

/** The template after a command; undefined where it leaves the template as it is, or nothing is there to go to. */
export function templateAfter(command: WorkloadCommand, workload: Workload, replicaSets: readonly ReplicaSet[]): TemplateAfter | undefined {
	if (command.kind === 'restart') return {name: 'restarted', template: changed(workload.template, 'metadata', restarted)};
	if (command.kind === 'set-image') {
		const list = command.init === true ? 'initContainers' : 'containers';
		const change = (spec: JsonObject) => ({...spec, [list]: withImage(spec[list], command.container, command.image)});
		return {name: 'the new image', template: changed(workload.template, 'spec', change)};
	}
	if (command.kind !== 'undo') return undefined;
	const target = undoTarget(workload, replicaSets, command.toRevision);
	return target.kind === 'none' ? undefined : {name: `revision ${target.revision}`, template: target.replicaSet.template};
}
