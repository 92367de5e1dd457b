import {imageTag} from './image-change.ts';
import {fieldOf} from './json-kind.ts';
import {shortText} from './short-text.ts';
import type {TemplateChange} from './template-changes.ts';

const containerPath = /^spec\.(?:init|ephemeral)?[cC]ontainers\[([^\]]*)\](?:\.(\w+))?/;
const envPath = /\.env\[([^\]]*)\]/;
const maxName = 40;

/** Fields of a container, by the one word that people call them. */
const fieldWords: Readonly<Record<string, string>> = {
	args: 'command',
	command: 'command',
	env: 'env',
	envFrom: 'env',
	lifecycle: 'lifecycle',
	livenessProbe: 'probes',
	ports: 'ports',
	readinessProbe: 'probes',
	resources: 'resources',
	securityContext: 'security',
	startupProbe: 'probes',
	volumeMounts: 'volumes',
};

/** `v3→v2`; the whole image where more than its tag is another. */
function imageWords({from = '', to = ''}: TemplateChange): string {
	const [left, right] = [imageTag(from), imageTag(to)];
	const isSameProgram = left !== '' && right !== '' && from.slice(0, -left.length) === to.slice(0, -right.length);
	return isSameProgram ? `${left}→${right}` : `${from}→${to}`;
}

function containerWords(change: TemplateChange, name: string, field: string | undefined, isOnly: boolean): string {
	if (field === undefined) return change.from === undefined ? `container ${name} comes` : `container ${name} goes`;
	if (field === 'image') return `image ${isOnly ? '' : `${name} `}${imageWords(change)}`;
	const variable = field === 'env' ? envPath.exec(change.path)?.[1] : undefined;
	if (variable !== undefined) return `env ${shortText(variable, maxName)}`;
	return fieldOf(fieldWords, field) ?? field;
}

function podWords(path: string): string {
	if (path.includes('restartedAt]')) return 'restart';
	const [, part = '', field = path] = /^(metadata|spec)\.([\w-]+)/.exec(path) ?? [];
	if (part === 'spec' && field === 'securityContext') return 'security';
	return shortText(field, maxName);
}

function containersOf(changes: readonly TemplateChange[]): ReadonlySet<string> {
	return new Set(changes.flatMap(({path}) => containerPath.exec(path)?.[1] ?? []));
}

/** The image first, then what it is told to do; what the pod is around it comes last. */
const order = ['image', 'container', 'env', 'command', 'probes', 'resources'];

function rank(text: string): number {
	const place = order.indexOf(text.split(' ')[0] ?? '');
	return place === -1 ? order.length : place;
}

/** What changes, each thing once and in a word or two: `image v3→v2`, `env LEVEL`, `resources`, `probes`, `command`. Most telling first. */
export function changeSummary(changes: readonly TemplateChange[]): readonly string[] {
	const isOnly = containersOf(changes).size < 2;
	const words = changes.map(change => {
		const [, name, field] = containerPath.exec(change.path) ?? [];
		return name === undefined ? podWords(change.path) : containerWords(change, shortText(name, maxName), field, isOnly);
	});
	return [...new Set(words)].sort((left, right) => rank(left) - rank(right));
}

/** The first few of them, and how many more there are. */
export function summaryText(words: readonly string[], most: number): string {
	const more = words.length - most;
	return more > 0 ? `${words.slice(0, most).join(', ')}, +${more} more` : words.join(', ');
}
