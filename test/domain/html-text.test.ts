import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {isHtml, titleOf, visibleText} from '../../src/domain/html-text.ts';
import {answer} from './answers.ts';

describe('titleOf', () => {
	it.each([
		['<title>Welcome to nginx!</title>', 'Welcome to nginx!'],
		['<TITLE lang="en">\n  Getting\n  Started </TITLE>', 'Getting Started'],
		['<title>Fish &amp; Chips &#8211; &#x263a; &unknown;</title>', 'Fish & Chips – ☺ &unknown;'],
		['<title>never closed', 'never closed'],
		['<titles>no</titles><title>yes</title>', 'yes'],
	])('of %j', (html, title) => {
		expect(titleOf(html)).toBe(title);
	});

	it.each(['', '<title></title>', '<title> </title>', 'title', '<h1>title</h1>'])('there is none in %j', html => {
		expect(titleOf(html)).toBeUndefined();
	});
});

describe('visibleText', () => {
	it.each([
		['<p>This is <b>v2</b></p>', 'This is v2'],
		['a<!-- v1 > v2 -->b', 'a b'],
		['a<script src="jquery-v3.js">var v = "v4" < 5;</script>b', 'a b'],
		['a<STYLE>/* v5 */</STYLE >b', 'a b'],
		['a<svg version="1.1"><path d="v9"/></svg>b', 'a b'],
		['a<script>never closed v6', 'a'],
		['a<!-- never closed', 'a'],
		['1 &lt; 2', '1 < 2'],
		['<?xml version="1.0"?>x', 'x'],
	])('of %j', (html, text) => {
		expect(visibleText(html).replace(/\s+/g, ' ').trim()).toBe(text);
	});

	it('ends for any text', () => {
		fc.assert(fc.property(fc.stringMatching(/^(<script|<\/script|<!--|-->|[<>a/]){0,40}$/), html => void visibleText(html)));
	});
});

it('knows a page by its type or by how it begins', () => {
	expect(isHtml(answer('hello', {'content-type': 'text/html; charset=utf-8'}))).toBe(true);
	expect(isHtml(answer('\n<!doctype HTML><p>'))).toBe(true);
	expect(isHtml(answer('<html lang="en">'))).toBe(true);
	expect(isHtml(answer('{"a": "<html>"}', {'content-type': 'application/json'}))).toBe(false);
});
