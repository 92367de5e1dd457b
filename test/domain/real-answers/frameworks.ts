import {html, json, page, plain, type RealAnswer} from './real-answer.ts';

const trace = 'Traceback (most recent call last):\n  File "/app/shop.py", line 12, in index\n    return 1 / 0\nZeroDivisionError: division by zero\n';

/** Web frameworks: their hello, their health and their errors. */
export const frameworks: readonly RealAnswer[] = [
	json(
		'Spring Boot’s info',
		{
			app: {name: 'orders', version: '2.3.1'},
			build: {artifact: 'orders', version: '2.3.1-SNAPSHOT', time: '2024-03-05T10:15:30.123Z'},
			git: {branch: 'main', commit: {id: '9fceb02', time: '2024-03-05T10:12:00Z'}},
			java: {version: '17.0.10', vendor: {name: 'Eclipse Adoptium'}},
		},
		'2.3.1 (auto:word)',
	),
	json(
		'Spring Boot’s info of a build, Java named first',
		{java: {version: '17.0.10'}, os: {name: 'Linux', version: '5.15.0'}, build: {version: '2.3.1'}},
		'2.3.1 (auto:word)',
	),
	json('Spring Boot’s info of the machine only', {java: {version: '17.0.10'}, os: {name: 'Linux', version: '5.15.0'}}, 'answer A (auto:body)'),
	json('Spring Boot’s info of git only', {git: {branch: 'main', commit: {id: '9fceb02', time: '2024-03-05T10:12:00Z'}}}, '9fceb02 (auto:word)'),
	json(
		'Spring Boot’s info of git in full',
		{git: {commit: {id: {abbrev: '9fceb02', full: '9fceb02d0ae598e95dc970b74767f19372d61af8'}}}},
		'9fceb02 (auto:word)',
	),
	json('Spring Boot’s health', {status: 'UP', components: {redis: {status: 'UP', details: {version: '7.2.4'}}}}, 'answer A (auto:body)'),
	json('health of an old Spring Boot', {status: 'UP', redis: {status: 'UP', version: '7.2.4'}}, 'answer A (auto:body)'),
	json('Spring Boot down', {status: 'DOWN'}, 'http-503: {"status":"DOWN"}', {status: 503}),
	json(
		'Spring’s error',
		{timestamp: '2024-03-05T10:15:30.123+00:00', status: 500, error: 'Internal Server Error', path: '/v2/orders'},
		'http-500: Internal Server Error',
		{status: 500},
	),
	plain('Express’s hello', 'Hello World!', 'answer A (auto:body)', {headers: {'X-Powered-By': 'Express', ETag: 'W/"c-Lve95gjOVATpfV8EL5X4nxwjKHE"'}}),
	html('Express without a route', page('Error', '<pre>Cannot GET /version</pre>'), 'http-404: Error Cannot GET /version', {
		status: 404,
		headers: {'X-Powered-By': 'Express'},
	}),
	plain('Flask’s hello', 'Hello, World!', 'answer A (auto:body)', {headers: {Server: 'Werkzeug/3.0.1 Python/3.12.2'}}),
	plain('uvicorn’s hello, in other words', 'Hello, Moon!', 'answer A (auto:body)', {headers: {Server: 'uvicorn'}}),
	plain('Python’s own server', 'hello', 'answer A (auto:body)', {headers: {Server: 'SimpleHTTP/0.6 Python/3.11.4'}}),
	html(
		'Django’s page for nothing found',
		page('Page not found at /version', '<h1>Page not found <small>(404)</small></h1><p>Using the URLconf defined in shop.urls, Django tried v1/ and v2/.</p>'),
		'http-404: Page not found at /version Page not found (404) Using the URLconf defined in shop.urls, Django tried v1/ and v2/.',
		{status: 404},
	),
	html(
		'Django’s error',
		'\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Server Error (500)</title>\n</head>\n<body>\n  <h1>Server Error (500)</h1>\n</body>\n</html>\n',
		'http-500: Server Error (500)',
		{status: 500},
	),
	plain('a trace of Python', trace, `http-500: ${trace.replace(/\s*\n/g, ' ').slice(0, 119)}…`, {status: 500}),
	html(
		'Rails’ page for nothing found',
		page('Not here (404)', '<div class="dialog"><h1>Nothing is at this address.</h1></div>', '<style>.rails-default-error-page { color: #2E2F30; }</style>\n'),
		'http-404: Not here (404) Nothing is at this address.',
		{status: 404, headers: {'X-Request-Id': '7f9c2b1e-55d1-4f0e-9a43-2c8f7b8e9d10', 'X-Runtime': '0.004512'}},
	),
	html('a page of ASP.NET', page('Orders', '<footer>&copy; 2024</footer>'), 'Orders (auto:title)', {
		headers: {Server: 'Microsoft-IIS/10.0', 'X-AspNet-Version': '4.0.30319', 'X-AspNetMvc-Version': '5.2', 'X-Powered-By': 'ASP.NET'},
	}),
	plain('ASP.NET Core’s health', 'Healthy', 'answer A (auto:body)', {headers: {Server: 'Kestrel'}}),
	{
		what: 'a problem of ASP.NET Core',
		status: 500,
		headers: {'Content-Type': 'application/problem+json; charset=utf-8', Server: 'Kestrel'},
		body: JSON.stringify({type: 'https://tools.ietf.org/html/rfc9110#section-15.6.1', title: 'It broke.', status: 500, traceId: '00-4f1b-00'}),
		reads: 'http-500: It broke.',
	},
	html(
		'PHP’s info',
		page('PHP 8.2.15 - phpinfo()', '<h1 class="p">PHP Version 8.2.15</h1><table><tr><td>System</td><td>Linux</td></tr></table>'),
		'PHP 8.2.15 - phpinfo() (auto:title)',
		{
			headers: {Server: 'Apache/2.4.57 (Debian)', 'X-Powered-By': 'PHP/8.2.15'},
		},
	),
	json('Go’s expvar', {cmdline: ['/app/server', '-version=3'], memstats: {Alloc: 1_234_567, NumGC: 12, EnableGC: true}}, 'answer A (auto:body)'),
	json('Go’s expvar with a version', {cmdline: ['/app/server'], memstats: {Alloc: 1_234_567}, version: '1.4.2'}, '1.4.2 (auto:word)'),
	html(
		'an error page of Tomcat',
		page('HTTP Status 404 – Not Found', '<h1>HTTP Status 404 – Not Found</h1><hr><h3>Apache Tomcat/9.0.85</h3>'),
		'http-404: HTTP Status 404 – Not Found Apache Tomcat/9.0.85',
		{status: 404},
	),
	html('a page of Jetty', page('Orders', '<p>hello</p>'), 'Orders (auto:title)', {headers: {Server: 'Jetty(9.4.53.v20231009)'}}),
];
