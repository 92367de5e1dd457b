import {posix} from 'node:path';

/** Where a page came from, and under which path it is seen through the proxy. */
export interface ProxyPlace {
	/** `/api/v1/namespaces/web/services/nginx/proxy`. */
	readonly prefix: string;
	/** `10.244.1.5:8080`. */
	readonly host: string;
	/** The Host that the client asked for. */
	readonly requestHost: string;
}

/** A link as it must read so that it leads through the proxy, too: absolute paths get the prefix. apimachinery: util/proxy/transport.go rewriteURL. */
export function rewriteLink(link: string, {prefix, host, requestHost}: ProxyPlace): string {
	const [, origin = '', authority = '', path = '', rest = ''] =
		/^((?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)|[a-z][a-z0-9+.-]*:(?!\/\/))?([^?#]*)(.*)$/is.exec(link) ?? [];
	const isElsewhere = authority === '' ? origin !== '' : authority !== host && authority !== requestHost;
	if (isElsewhere || !path.startsWith('/')) return link;
	const begin = authority === requestHost && authority !== '' ? origin : '';
	return `${begin}${path.startsWith(prefix) ? path : posix.join(prefix, path)}${rest}`;
}

const linkAttributes: Readonly<Record<string, readonly string[]>> = {
	a: ['href'],
	applet: ['codebase'],
	area: ['href'],
	audio: ['src'],
	base: ['href'],
	blockquote: ['cite'],
	body: ['background'],
	button: ['formaction'],
	command: ['icon'],
	del: ['cite'],
	embed: ['src'],
	form: ['action'],
	frame: ['longdesc', 'src'],
	head: ['profile'],
	html: ['manifest'],
	iframe: ['longdesc', 'src'],
	img: ['longdesc', 'src', 'usemap'],
	input: ['src', 'usemap', 'formaction'],
	ins: ['cite'],
	link: ['href'],
	object: ['classid', 'codebase', 'data', 'usemap'],
	q: ['cite'],
	script: ['src'],
	source: ['src'],
	video: ['poster', 'src'],
};

/** What stands in them is no markup. */
const rawTags = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);
// Bounded, so that a page cannot keep us busy.
const startTagPattern = /<([a-z][^\s/>]{0,100})((?:"[^"]{0,4096}"|'[^']{0,4096}'|[^'">]){0,4096})>/iy;
const attributePattern = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** A page whose links lead through the proxy. Tags are written anew, as upstream does: names small, values in double quotes. */
export function rewritePage(html: string, place: ProxyPlace): string {
	const parts: string[] = [];
	let done = 0;
	for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', Math.max(done, at + 1))) {
		if (html.startsWith('<!--', at)) {
			const end = html.indexOf('-->', at);
			if (end < 0) break;
			parts.push(html.slice(done, end));
			done = end;
			continue;
		}
		startTagPattern.lastIndex = at;
		const [found = '', name = '', attributes = ''] = startTagPattern.exec(html) ?? [];
		if (found === '') continue;
		parts.push(html.slice(done, at), startTag(name.toLowerCase(), attributes, place));
		done = at + found.length;
		const end = rawTags.has(name.toLowerCase()) ? endOfRaw(html, name, done) : done;
		parts.push(html.slice(done, end));
		done = end;
	}
	return [...parts, html.slice(done)].join('');
}

/** Where the text of a raw tag ends: the whole rest, if its end tag is missing. */
function endOfRaw(html: string, name: string, from: number): number {
	const end = new RegExp(`</${name}[\\s/>]`, 'gi');
	end.lastIndex = from;
	return end.exec(html)?.index ?? html.length;
}

function startTag(tag: string, attributes: string, place: ProxyPlace): string {
	const links = Object.hasOwn(linkAttributes, tag) ? (linkAttributes[tag] ?? []) : [];
	const all = [...attributes.matchAll(attributePattern)].map(([, key = '', double, single, bare]) => {
		const name = key.toLowerCase();
		const value = unescaped(double ?? single ?? bare ?? '');
		return ` ${name}="${escaped(links.includes(name) ? rewriteLink(value, place) : value)}"`;
	});
	return `<${tag}${all.join('')}${/\/\s*$/.test(attributes) ? '/' : ''}>`;
}

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'"};

function unescaped(text: string): string {
	return text.replaceAll(/&(amp|lt|gt|quot|#34|#39);/g, (_, name: string) => entities[name] ?? '');
}

/** golang.org/x/net/html: escape.go. */
function escaped(text: string): string {
	const safe = text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');
	return safe.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;');
}
