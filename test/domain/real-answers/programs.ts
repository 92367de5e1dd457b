import {html, json, page, plain, type RealAnswer, shop} from './real-answer.ts';

const kubia = shop('luksa/kubia:v1', 'luksa/kubia:v2', 'luksa/kubia:v3');
const first = 'shop-6b8f7c9d0-x2x7b';
const second = 'shop-6b8f7c9d1-x2x7c';

/** What people run to see a rollout. */
export const programs: readonly RealAnswer[] = [
	{what: 'kubia', body: `This is v2 running in pod ${second}\n`, cluster: kubia, reads: `v2 (auto:word) from ${second}`},
	{what: 'kubia of an unknown pod', body: 'This is v1 running in pod kubia-7d9c8f5b6-zx4cv\n', reads: 'v1 (auto:word) from kubia-7d9c8f5b6-zx4cv'},
	{
		what: 'kubia v3’s error',
		status: 500,
		body: 'Some internal error has occurred! This is pod shop-6b8f7c9d2-x2x7d\n',
		cluster: kubia,
		reads: 'http-500: Some internal error has occurred! This is pod shop-6b8f7c9d2-x2x7d from shop-6b8f7c9d2-x2x7d',
	},
	plain('testpage', 'I am: 172.1.62.10, the version is: 0.8\n', '0.8 (auto:word)'),
	plain('testpage of a known pod', 'I am: 10.244.1.21, the version is: 0.9\n', `0.9 (auto:word) from ${second}`, {
		cluster: shop('testpage:0.8', 'testpage:0.9'),
	}),
	plain('canarydemo', 'Demo: V1\n', 'V1 (auto:word)'),
	html(
		'getting-started',
		page('Getting Started', '<h1>Getting Started</h1><pre>docker run -d -p 80:80 docker/getting-started</pre>'),
		'Getting Started (auto:title)',
		{
			headers: {Server: 'nginx/1.23.3'},
		},
	),
	json(
		'podinfo',
		{
			hostname: first,
			version: '6.5.4',
			revision: '3353aa7820a7e5b2d8e3ddd1ab4b5a8b3b8d9d4f',
			color: '#34577c',
			logo: 'https://podinfo.example/logo.gif',
			message: 'greetings from podinfo v6.5.4',
			goos: 'linux',
			goarch: 'amd64',
			runtime: 'go1.21.7',
			num_goroutine: '8',
			num_cpu: '4',
		},
		`6.5.4 (auto:word) from ${first}`,
		{cluster: shop('podinfo:6.5.4', 'podinfo:6.6.0')},
	),
	json('podinfo’s /version', {commit: '3353aa7820a7e5b2d8e3ddd1ab4b5a8b3b8d9d4f', version: '6.5.4'}, '6.5.4 (auto:word)'),
	plain(
		'whoami',
		`Hostname: ${second}\nIP: 127.0.0.1\nIP: ::1\nIP: 10.244.1.21\nRemoteAddr: 10.244.0.1:53412\nGET / HTTP/1.1\nHost: shop\nUser-Agent: rollwatch\nAccept: */*\n\n`,
		`v1.10.1 (auto:pod) from ${second}`,
		{cluster: shop('traefik/whoami:v1.9.0', 'traefik/whoami:v1.10.1')},
	),
	plain(
		'an echo server',
		'\n\nHostname: echo-7d9c8f5b6-zx4cv\n\nServer values:\n\tserver_version=nginx: 1.13.3 - lua: 10008\n\nRequest Information:\n\tclient_address=10.244.0.1\n\tmethod=GET\n\treal path=/\n\trequest_version=1.1\n\trequest_scheme=http\n\trequest_uri=http://shop:8080/\n',
		'answer A (auto:body)',
		{headers: {Server: 'echoserver'}},
	),
	plain('http-echo', 'v2\n', 'v2 (auto:word)', {headers: {'X-App-Name': 'http-echo', 'X-App-Version': '0.2.3'}}),
	json(
		'httpbin',
		{
			args: {},
			headers: {Accept: '*/*', Host: 'httpbin', 'User-Agent': 'rollwatch', 'X-Amzn-Trace-Id': 'Root=1-65e6f1a2-0a1b2c3d4e5f60718293a4b5'},
			origin: '10.0.0.1',
			url: 'http://httpbin/get?version=3',
		},
		'answer A (auto:body)',
		{headers: {Server: 'gunicorn/19.9.0', 'Access-Control-Allow-Origin': '*'}},
	),
	json('a colour', ['blue'], 'answer A (auto:body)'),
	plain('only the name of a known pod', `${first}\n`, `1.0 (auto:pod) from ${first}`, {cluster: shop('shop:1.0', 'shop:1.1')}),
	plain('only the name of a pod, by the rule for pods', `${first}\n`, `1.0 (pod) from ${first}`, {cluster: shop('shop:1.0', 'shop:1.1'), rule: 'pod'}),
	plain('a pod in a header', 'ok', `1.1 (auto:pod) from ${second}`, {headers: {'X-Served-By': second}, cluster: shop('shop:1.0', 'shop:1.1')}),
];
