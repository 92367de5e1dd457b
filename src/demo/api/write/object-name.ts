import type {Resource} from '../resource.ts';
import type {Cause} from '../status-error.ts';

/** No vowels and no look-alikes: no bad words, no misreading. apimachinery: pkg/util/rand. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
const longestGenerated = 63;

/** Among thousands of pods of one ReplicaSet, two draws are the same sooner or later (gate RetryGenerateName). */
const draws = 8;

/** The given name, or one made from a prefix that nobody has, if the draws bring one. apiserver: pkg/storage/names/generate.go, registry/generic/registry/store.go. */
export function newName(name: string, prefix: string, random: () => number, isTaken: (name: string) => boolean): string {
	if (name !== '' || prefix === '') return name;
	let drawn = '';
	for (let draw = 0; draw < draws && (drawn === '' || isTaken(drawn)); draw++) drawn = drawName(prefix, random);
	return drawn;
}

function drawName(prefix: string, random: () => number): string {
	let suffix = '';
	for (let index = 0; index < suffixLength; index++) suffix += alphabet[Math.floor(random() * alphabet.length)];
	return prefix.slice(0, longestGenerated - suffixLength) + suffix;
}

interface NameRule {
	readonly longest: number;
	readonly pattern: RegExp;
	readonly message: string;
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const rules: Readonly<Record<'subdomain' | 'label', NameRule>> = {
	subdomain: {
		longest: 253,
		pattern: new RegExp(`^${subdomain}$`),
		message: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`,
	},
	label: {
		longest: 63,
		pattern: new RegExp(`^${label}$`),
		message: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`,
	},
};

/** What is wrong with a name. apimachinery: pkg/util/validation. */
export function nameCauses(name: string, {rules: {nameRule = 'subdomain'}}: Pick<Resource, 'rules'>, field = 'metadata.name'): readonly Cause[] {
	if (name === '') return [{reason: 'FieldValueRequired', message: 'Required value: name or generateName is required', field}];
	const {longest, pattern, message} = rules[nameRule];
	const texts = [
		...(name.length > longest ? [`must be no more than ${longest} characters`] : []),
		...(pattern.test(name) ? [] : [nameRule === 'label' && rules.subdomain.pattern.test(name) ? 'must not contain dots' : message]),
	];
	return texts.map(text => ({reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(name)}: ${text}`, field}));
}
