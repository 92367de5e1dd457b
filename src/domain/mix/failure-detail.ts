import {isHtml, titleOf, visibleText} from '../html-text.ts';
import {isJsonObject} from '../json-kind.ts';
import {parseJson} from '../json-path.ts';
import type {Answer} from '../sample.ts';
import {shortText} from '../short-text.ts';

const longest = 120;
// Where programs put their words for people: RFC 9457's `title`, and what is usual.
const keys = ['message', 'title', 'detail', 'error', 'error_description', 'reason'];

function wordsIn(body: string): string | undefined {
	const root = body.startsWith('{') ? parseJson(body) : undefined;
	if (!isJsonObject(root)) return undefined;
	const inner = isJsonObject(root.error) ? root.error : root;
	for (const key of keys) {
		const value = inner[key];
		if (typeof value === 'string' && value.trim() !== '') return value;
	}
	return undefined;
}

/** What a reader sees of the page, its title first; not twice where the page begins with it, as most do. */
function wordsOnPage(body: string): string {
	const title = titleOf(body) ?? '';
	const text = visibleText(body).replace(/\s+/g, ' ').trim();
	const afterTitle = text.startsWith(title) ? text.slice(title.length).trim() : text;
	return afterTitle.startsWith(title) ? afterTitle : `${title} ${afterTitle}`;
}

/** What a failing answer says, for people: the words of a page, the message of a JSON object, else the beginning of the body; printable, one short line. */
export function failureDetail(answer: Answer, body: string): string {
	return shortText(wordsIn(body) ?? (isHtml({...answer, body}) ? wordsOnPage(body) : body), longest);
}
