import {plain, type RealAnswer, xml} from './real-answer.ts';

const metrics = (lines: readonly string[]) =>
	`# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 12\n${lines.join('\n')}\n`;
const metricsType = {headers: {'Content-Type': 'text/plain; version=0.0.4; charset=utf-8'}};

/** Everything that is neither JSON nor a page. */
export const texts: readonly RealAnswer[] = [
	plain('a version alone', '1.16.1\n', '1.16.1 (auto:word)'),
	plain('a commit alone', '9fceb02d0ae598e95dc970b74767f19372d61af8\n', '9fceb02d0ae598e95dc970b74767f19372d61af8 (auto:word)'),
	plain('a branch and a commit alone', 'main-3f2a1b7\n', 'main-3f2a1b7 (auto:word)'),
	plain('a branch and a commit', 'shop\nversion: main-3f2a1b7\n', 'main-3f2a1b7 (auto:word)'),
	plain('a commit next to its word', 'shop, commit 9fceb02, up since Tuesday', '9fceb02 (auto:word)'),
	plain('a version in words', 'This is version 3 of the shop.', '3 (auto:word)'),
	plain('a version with metadata', 'shop 1.4.2+build.77 version=1.4.2+build.77', '1.4.2+build.77 (auto:word)'),
	plain('a date as a version', 'version 2024.11.3', '2024.11.3 (auto:word)'),
	plain('properties', 'java.version=17.0.10\napp.version=2.3.1\n', '2.3.1 (auto:word)'),
	plain('an environment', 'HOSTNAME=web\nNODE_VERSION=20.11.1\nAPP_VERSION=1.4.2\n', '1.4.2 (auto:word)'),
	plain('a manifest', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n', 'answer A (auto:body)'),
	plain('a line of a log', '2024-03-05T10:15:30Z INFO up version=1.4.2 commit=9fceb02 port=8080', '1.4.2 (auto:word)'),
	plain('an upgrade', 'upgraded from v1 to v2', 'v2 (auto:word)'),
	plain('the time', 'Tue, 05 Mar 2024 10:15:30 GMT', 'answer A (auto:body)'),
	plain('seconds since 1970', '1709635530', 'answer A (auto:body)'),
	plain('pong', 'pong', 'answer A (auto:body)'),
	plain('a request told back', 'GET /v2/health?version=2 HTTP/1.1\nhost: shop\naccept: */*\n', 'answer A (auto:body)'),
	plain('Japanese', 'バージョン: 2.1.0', '2.1.0 (auto:word)'),
	plain('Spanish', 'Versión 2.1.0', '2.1.0 (auto:word)'),
	plain(
		'metrics of a program in Go',
		metrics(['myapp_build_info{branch="main",goversion="go1.21.7",revision="9fceb02",version="2.8.1"} 1']),
		'2.8.1 (auto:word)',
		metricsType,
	),
	plain(
		'metrics of a program in Python',
		metrics(['python_info{implementation="CPython",major="3",minor="11",patchlevel="4",version="3.11.4"} 1.0', 'shop_build_info{version="1.2.0"} 1.0']),
		'1.2.0 (auto:word)',
		metricsType,
	),
	plain('metrics of Node only', metrics(['nodejs_version_info{version="v18.19.0",major="18",minor="19",patch="0"} 1']), 'answer A (auto:body)', metricsType),
	plain(
		'metrics of a build from a branch',
		metrics(['go_build_info{path="example.com/shop",version="(devel)"} 1', 'shop_build_info{version="",revision="9fceb02"} 1']),
		'9fceb02 (auto:word)',
		metricsType,
	),
	plain(
		'metrics in OpenTelemetry’s words',
		metrics(['target_info{service_name="shop",service_version="1.2.3",telemetry_sdk_version="1.24.0"} 1']),
		'1.2.3 (auto:word)',
		metricsType,
	),
	xml('XML', '<?xml version="1.0" encoding="UTF-8"?>\n<info><name>shop</name><version>3.2.1</version></info>', '3.2.1 (auto:word)'),
	xml(
		'SOAP',
		'<?xml version="1.0"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><m:GetVersionResponse xmlns:m="urn:shop"><m:Version xsi:type="xs:string">3.2.1</m:Version></m:GetVersionResponse></soap:Body></soap:Envelope>',
		'3.2.1 (auto:word)',
	),
	xml('a feed in XML', '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>', 'answer A (auto:body)'),
	xml('a drawing', '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 9 9"><path d="M0 0v9"/></svg>', 'answer A (auto:body)', {
		headers: {'Content-Type': 'image/svg+xml'},
	}),
	{what: 'a file with its version', headers: {'Content-Type': 'application/javascript'}, body: 'window.APP_VERSION = "1.2.3";\n', reads: '1.2.3 (auto:word)'},
	{what: 'YAML', headers: {'Content-Type': 'application/yaml'}, body: 'shop:\n  version: "4.0.0"\n', reads: '4.0.0 (auto:word)'},
	{
		what: 'text from a server that does not know its type',
		headers: {'Content-Type': 'application/octet-stream'},
		body: 'release-42 version=42\n',
		reads: '42 (auto:word)',
	},
];
