import {Buffer} from 'node:buffer';
import {mask} from '../../domain/mask-text.ts';

/** The credentials of requests, so that they can be taken out of what is answered to them. */
export type CredentialHiding = {
	/** An `authorization` header that is sent. */
	readonly note: (authorization: string | string[] | undefined) => void;
	/** A text without what was sent: gateways and debugging servers repeat in their answers what they were asked with. */
	readonly hide: (text: string) => string;
};

/** Those in use, and those that have just been replaced. */
const mostKept = 4;
/** Shorter ones stand in other words, too. */
const shortest = 4;

/** As it is sent, the password in it, and either as a part of a URL. */
function formsOf(authorization: string): readonly string[] {
	const [, scheme = '', credential = ''] = /^(\S+)\s+(.*)$/s.exec(authorization) ?? [];
	const password =
		scheme.toLowerCase() === 'basic'
			? Buffer.from(credential, 'base64')
					.toString('utf8')
					.replace(/^[^:]*:/, '')
			: '';
	const forms = [credential, password].filter(({length}) => length >= shortest);
	return [...new Set(forms.flatMap(form => [form, JSON.stringify(form).slice(1, -1), encodeURIComponent(form)]))];
}

/** Remembers the last credentials that were sent. */
export function createCredentialHiding(): CredentialHiding {
	let sent: readonly string[] = [];
	return {
		note(authorization) {
			if (typeof authorization === 'string' && sent.at(-1) !== authorization) sent = [...sent.slice(1 - mostKept), authorization];
		},
		hide: text => sent.flatMap(formsOf).reduce((shown, form) => shown.replaceAll(form, mask), text),
	};
}
