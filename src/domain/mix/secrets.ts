/** Names under which people send what only they may know. Too many is better than one too few. */
const secretHeader = /^(?:.*[-_])?(?:auth|authorization|cookie|credentials?|jwt|key|apikey|passw(?:or)?d|secret|session(?:[-_]?id)?|signature|token)$/i;
const secretParameter = /(?:^|[-_.])(?:auth|credentials?|jwt|(?:api|access)?key|pass(?:w(?:or)?d)?|pwd|secret|session(?:[-_]?id)?|sid|sig|signature|token)$/i;
/** What says of itself that it is one: credentials of RFC 9110 §11.4, and a JSON web token (its header begins with `{"`). */
const secretValue = /^(?:basic|bearer|digest|negotiate)\s+\S|^eyJ[\w-]{8,}\./i;

/** Whether a header looks as if only its sender may know it. */
export function isSecretHeader({name, value}: {readonly name: string; readonly value: string}): boolean {
	return secretHeader.test(name) || secretValue.test(value.trim());
}

/** Whether a parameter of a query does. */
export function isSecretParameter(name: string, value: string): boolean {
	return secretParameter.test(name) || secretValue.test(value);
}

/** A URL, or the path of one, for the screen: what looks like a secret in its query is `…`. */
export function withoutSecrets(url: string): string {
	const query = url.indexOf('?');
	if (query === -1) return url;
	const shown = url
		.slice(query + 1)
		.split('&')
		.map(parameter => {
			const [name = '', value = ''] = [...new URLSearchParams(parameter)][0] ?? [];
			return value !== '' && isSecretParameter(name, value) ? `${parameter.slice(0, parameter.indexOf('=') + 1)}…` : parameter;
		});
	return `${url.slice(0, query + 1)}${shown.join('&')}`;
}
