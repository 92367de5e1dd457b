import type {Refusal} from './command.ts';

// distribution/reference: regexp.go. A component of the path is small letters and digits, parted by one dot, one or two low lines, or any dashes.
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const name = new RegExp(`^(?:${domain}/)?${component}(?:/${component})*$`);
const tag = /^\w[\w.-]{0,127}$/;
const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const longestName = 255;

/** Why a text can't be an image, in words; undefined for what can. A text that passes is sent as it is: no registry and no tag is added. */
export function imageRefusal(text: string): Refusal | undefined {
	const problem = problemOf(text);
	return problem === undefined ? undefined : {message: problem, hint: 'write it as [REGISTRY/]NAME[:TAG][@DIGEST]'};
}

function problemOf(text: string): string | undefined {
	if (text === '') return 'no image is given';
	if (/\s/.test(text)) return 'an image has no blanks in it';
	const at = text.indexOf('@');
	if (at !== -1 && !digest.test(text.slice(at + 1))) return 'what follows the @ is no digest: an algorithm, a colon, and at least 32 hexadecimal digits';
	const reference = at === -1 ? text : text.slice(0, at);
	const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
	if (colon !== -1 && !tag.test(reference.slice(colon + 1)))
		return 'what follows the last colon is no tag: letters, digits, ".", "_" and "-", at most 128, and neither "." nor "-" first';
	return problemOfName(colon === -1 ? reference : reference.slice(0, colon));
}

function problemOfName(text: string): string | undefined {
	if (text === '') return 'the name is missing';
	if (/^[a-f0-9]{64}$/.test(text)) return 'this is the identifier of an image, not its name';
	if (name.test(text)) return text.length > longestName ? `the name is longer than ${longestName} characters` : undefined;
	return name.test(text.toLowerCase()) ? 'the name must be in small letters' : 'this is no name of an image';
}
