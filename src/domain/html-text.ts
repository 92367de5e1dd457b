import {fieldOf} from './json-kind.ts';
import type {Answer} from './sample.ts';

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', copy: '©'};

function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return fieldOf(entities, name) ?? whole;
		const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

/** True for what a browser would show as a page. */
export function isHtml({headers, body}: Answer): boolean {
	return /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype html|html)\b/i.test(body);
}

/** Text of the page's first `title`, with entities decoded and spaces collapsed; undefined where it has none. */
export function titleOf(html: string): string | undefined {
	const open = /<title(?:\s[^<>]{0,200})?>/i.exec(html);
	if (open === null) return undefined;
	const rest = html.slice(open.index + open[0].length);
	const end = rest.indexOf('</');
	const title = decodeEntities(rest.slice(0, Math.min(1000, end === -1 ? rest.length : end)))
		.replace(/\s+/g, ' ')
		.trim();
	return title === '' ? undefined : title;
}

// At most as much of a tag as any sane one has, so that none can be read for long.
const metaTag = /<meta\s([^<>]{1,500})>/gi;

function attribute(tag: string, name: string): string | undefined {
	const match = new RegExp(`(?:^|\\s)${name}\\s{0,4}=\\s{0,4}(?:"([^"]{0,300})"|'([^']{0,300})'|([^\\s"'>]{1,300}))`, 'i').exec(tag);
	return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** The `content` of the page's `meta` elements, by their `name`. */
export function metaContents(html: string): readonly (readonly [name: string, content: string])[] {
	return Array.from(html.matchAll(metaTag), ([, tag = '']) => [attribute(tag, 'name') ?? '', attribute(tag, 'content') ?? ''] as const);
}

/** True for XML that is no page: its elements' names are the names of things. */
export function isXml({headers, body}: Answer): boolean {
	return /[/+]xml\b/i.test(headers['content-type'] ?? '') || /^\s{0,100}<\?xml\b/.test(body);
}

/** XML with each element's name before its text, as in `version: 1.2`, and without attributes: the `version` of a feed is its format's. */
export function elementText(xml: string): string {
	const tags = xml.replace(/<(\/?)(?:[\w-]{1,100}:)?([\w.-]{1,100})[^<>]*>/g, (_, close: string, name: string) => (close === '' ? ` ${name}: ` : ' '));
	return decodeEntities(tags.replace(/<[?!][^<>]*>/g, ' '));
}

/** Where the markup that begins at `start` ends: after a comment, after a whole script or style, else after the tag. */
function endOfMarkup(html: string, lower: string, start: number): number {
	const after = (text: string, from: number) => {
		const found = lower.indexOf(text, from);
		return found === -1 ? html.length : found + text.length;
	};
	if (lower.startsWith('<!--', start)) return after('-->', start + 4);
	const raw = /^<(script|style|svg|template)\b/.exec(lower.slice(start, start + 10))?.[1];
	return raw === undefined ? after('>', start) : after('>', after(`</${raw}`, start) - 1);
}

/** What a reader of the page sees: no markup, comments, scripts or styles, where numbers of versions mean other things. Linear in the page's length. */
export function visibleText(html: string): string {
	const lower = html.toLowerCase();
	let text = '';
	let position = 0;
	while (position < html.length) {
		const start = html.indexOf('<', position);
		if (start === -1) return decodeEntities(text + html.slice(position));
		text += `${html.slice(position, start)} `;
		position = endOfMarkup(html, lower, start);
	}
	return decodeEntities(text);
}
