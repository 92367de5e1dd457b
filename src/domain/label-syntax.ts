const word = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const prefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether the API takes it as a label's name: at most 63 characters, perhaps after a DNS name and a slash. apimachinery: validation.IsQualifiedName. */
export function isLabelName(text: string): boolean {
	const [first = '', second, ...rest] = text.split('/');
	if (rest.length > 0) return false;
	if (second === undefined) return word.test(first);
	return first.length <= 253 && prefix.test(first) && word.test(second);
}

/** Whether the API takes it as a label's value: empty, or like a name without prefix. apimachinery: validation.IsValidLabelValue. */
export function isLabelValue(text: string): boolean {
	return text === '' || word.test(text);
}

/** A label from `name=value`, or why it is none. */
export function parseLabel(text: string): {readonly name: string; readonly value: string} | {readonly error: string} {
	const at = text.indexOf('=');
	const [name, value] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
	if (at === -1 || !isLabelName(name)) return {error: 'a label is NAME=VALUE, the name of letters, digits, - _ . and at most 63 of them'};
	return isLabelValue(value) ? {name, value} : {error: 'a value is of letters, digits, - _ . and at most 63 of them'};
}
