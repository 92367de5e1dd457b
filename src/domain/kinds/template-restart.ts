import {shortText} from '../short-text.ts';
import type {Template} from '../template.ts';
import {restartedAtOf} from '../template-edits.ts';
import type {RestartWay} from './workload-rules.ts';

/** kubectl's way to restart: an annotation of the template. */
export function templateRestart(template: Template): RestartWay {
	const at = restartedAtOf(template);
	return {field: 'restartedAt', at: typeof at === 'string' ? shortText(at, 40) : undefined, isTemplate: true};
}
