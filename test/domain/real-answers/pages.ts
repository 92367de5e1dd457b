import {html, page, type RealAnswer} from './real-answer.ts';

/** Pages for people. */
export const pages: readonly RealAnswer[] = [
	html(
		'a page with the version of its libraries',
		page(
			'Blue shop',
			'<script src="/js/jquery-3.6.0.min.js"></script><p>Hello</p>',
			'<link rel="stylesheet" href="/css/app.css?v=123"><script src="https://cdn.example/bootstrap@5.3.2/dist/js/bootstrap.min.js"></script>\n',
		),
		'Blue shop (auto:title)',
	),
	html('a page with its version at the foot', page('Shop', '<footer>Version 2.1.0 (build 4711)</footer>'), '2.1.0 (auto:word)'),
	html('a page with its version in a hard space', page('Shop', '<footer>Version&nbsp;2.1</footer>'), '2.1 (auto:word)'),
	html('a page with its version in its head', page('Shop', '<div id="root"></div>', '<meta name="app-version" content="1.4.2">\n'), '1.4.2 (auto:word)'),
	html('a page with its commit in its head', page('Shop', '<div id="root"></div>', '<meta content="9fceb02" name="git-commit">\n'), '9fceb02 (auto:word)'),
	html('a page with its generator in its head', page('My blog', '<p>Hello</p>', '<meta name="generator" content="WordPress 6.4.3">\n'), 'My blog (auto:title)'),
	html(
		'a page that names other versions',
		page('Install', '<p>Requires Node version 18.17 and Python v3.11. Served over HTTP/1.1.</p>'),
		'Install (auto:title)',
	),
	html(
		'a page of changes',
		page('Changes', '<ul><li>version 1.0</li><li>version 1.1</li><li>version 1.2</li><li>version 2.0</li></ul>'),
		'Changes (auto:title)',
	),
	html('a page with an update on offer', page('Console', '<p>Latest version: 9.9.9 is available. Running version 9.8.0.</p>'), '9.8.0 (auto:word)'),
	html('a page with entities in its title', page('Fish &amp; Chips &#8212; v1', ''), 'v1 (auto:word)'),
	html('a page by the rule for titles', page('Fish &amp; Chips', '<p>v3</p>'), 'Fish & Chips (title)', {rule: 'title'}),
	html('a page by a pattern', page('Shop', '<b data-build="77">hi</b>'), '77 (body)', {rule: 'body:data-build="(\\d+)"'}),
	html('a page without a title', '<h1>Hello</h1>', 'answer A (auto:body)'),
	html('a page whose title says nothing, and a script that does', page('', '<script>window.APP={version:"1.2.3"}</script>'), 'answer A (auto:body)'),
	html('maintenance, as a page like any other', page('Back soon', '<p>We are working on it.</p>'), 'Back soon (auto:title)', {headers: {'Retry-After': '300'}}),
	html('maintenance, as a failure', page('Back soon', '<p>We are working on it.</p>'), 'http-503: Back soon We are working on it.', {
		status: 503,
		headers: {'Retry-After': '300'},
	}),
	html('a captive portal', page('Guest Wi-Fi', '<form action="/login">Your room number <input name="room"></form>'), 'Guest Wi-Fi (auto:title)'),
	html('a page that sends on', page('Redirecting', '<a href="/v2/">on</a>', '<meta http-equiv="refresh" content="0; url=/v2/">\n'), 'Redirecting (auto:title)'),
	html('a page of a mebibyte', page('Big shop', `<p>${'All that we have. '.repeat(60_000)}</p><p>version 9.9</p>`), 'Big shop (auto:title)'),
	html('a page with a cookie', page('Shop', ''), 'Shop (auto:title)', {headers: {'Set-Cookie': 'session=v2abc; Version=1; Path=/; HttpOnly'}}),
	html('a page that wants to colour the terminal', page('\u001b[31mred\u001b[0m shop', ''), 'red shop (auto:title)'),
];
