import {html, page, plain, type RealAnswer, shop} from './real-answer.ts';

const nginxPage = page('Welcome to nginx!', '<h1>Welcome to nginx!</h1>\n<p>The web server runs; its configuration is still to be written.</p>');
const stock = (status: string, server: string) =>
	`<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`;

/** Web servers, gateways and load balancers, as they come out of the box. */
export const servers: readonly RealAnswer[] = [
	html('nginx’s own page', nginxPage, '1.25.3 (auto:header)', {headers: {Server: 'nginx/1.25.3'}}),
	html('nginx’s own page, its version hidden', nginxPage, 'Welcome to nginx! (auto:title)', {headers: {Server: 'nginx'}}),
	html('nginx’s own page, of a known image', nginxPage, '1.18.0 (auto:header)', {
		headers: {Server: 'nginx/1.18.0'},
		cluster: shop('nginx:1.16.1', 'nginx:1.18.0'),
	}),
	html('nginx’s Server header, by a rule', nginxPage, 'nginx/1.25.3 (header)', {headers: {Server: 'nginx/1.25.3'}, rule: 'header:Server'}),
	html('OpenResty’s own page', page('Welcome to OpenResty!', '<p>It flies.</p>'), '1.21.4.3 (auto:header)', {headers: {Server: 'openresty/1.21.4.3'}}),
	html('Apache’s own page', '<html><body><h1>It works!</h1></body></html>\n', '2.4.58 (auto:header)', {headers: {Server: 'Apache/2.4.58 (Unix)'}}),
	html('Debian’s Apache', page('Apache2 Debian Default Page: It works', '<p>Replace this file.</p>'), 'Apache2 Debian Default Page: It works (auto:title)', {
		headers: {Server: 'Apache'},
	}),
	html('IIS’s own page', page('IIS Windows Server', '<img src="iisstart.png">'), 'IIS Windows Server (auto:title)', {
		headers: {Server: 'Microsoft-IIS/10.0', 'X-Powered-By': 'ASP.NET'},
	}),
	plain('Caddy', 'Hello from the blue deployment', 'answer A (auto:body)', {headers: {Server: 'Caddy', 'Alt-Svc': 'h3=":443"; ma=2592000'}}),
	html('Tomcat’s own page', page('Apache Tomcat/9.0.85', '<p>Servlet Specification 4.0, JSP 2.3</p>'), 'Apache Tomcat/9.0.85 (auto:title)'),
	plain('a program behind Envoy', 'shop v3\n', 'v3 (auto:word)', {headers: {server: 'envoy', 'x-envoy-upstream-service-time': '4'}}),
	plain('a program in an Istio mesh', 'Hello version: v1, instance: helloworld-v1-776f57d5f6-2x8kq\n', 'v1 (auto:word)', {
		headers: {server: 'istio-envoy', 'x-envoy-upstream-service-time': '121', 'x-envoy-decorator-operation': 'helloworld.sample.svc.cluster.local:5000/*'},
	}),
	plain('a program behind nginx', 'hello', '2.1.0 (auto:header)', {headers: {Server: 'nginx/1.25.3', 'X-App-Version': '2.1.0'}}),
	plain('a program behind Kong', 'hello', 'answer A (auto:body)', {
		headers: {Via: 'kong/3.5.0', 'X-Kong-Upstream-Latency': '2', 'X-Kong-Proxy-Latency': '1'},
	}),
	plain('a program behind a cache', 'hello', 'answer A (auto:body)', {headers: {'X-Varnish': '32770 3', Via: '1.1 varnish (Varnish/7.4)', Age: '31'}}),
	plain('a fixed answer of a cloud’s load balancer', 'back soon', 'answer A (auto:body)', {headers: {Server: 'awselb/2.0'}}),
	{what: 'Envoy without any upstream', status: 503, headers: {server: 'envoy'}, body: 'no healthy upstream', reads: 'http-503: no healthy upstream'},
	html('nginx without its backend', stock('502 Bad Gateway', 'nginx/1.25.3'), 'http-502: 502 Bad Gateway nginx/1.25.3', {
		status: 502,
		headers: {Server: 'nginx/1.25.3'},
	}),
	plain('Traefik without a route', '404 page not found\n', 'http-404: 404 page not found', {status: 404, headers: {'X-Content-Type-Options': 'nosniff'}}),
	html(
		'HAProxy without a server',
		'<html><body><h1>503 Service Unavailable</h1>\nNo server is there for this.\n</body></html>\n',
		'http-503: 503 Service Unavailable No server is there for this.',
		{
			status: 503,
			headers: {'Cache-Control': 'no-cache', Connection: 'close'},
		},
	),
	html('a redirect to https by nginx', stock('308 Permanent Redirect', 'nginx'), 'nothing (308)', {
		status: 308,
		headers: {Server: 'nginx', Location: 'https://shop.example/'},
	}),
	html('a redirect by a load balancer', stock('301 Moved Permanently', ''), 'nothing (301)', {
		status: 301,
		headers: {Server: 'awselb/2.0', Location: 'https://shop.example:443/'},
	}),
	html('a redirect by the program itself', stock('302 Found', 'nginx/1.18.0'), '1.18.0 (auto:header)', {
		status: 302,
		headers: {Server: 'nginx/1.18.0', Location: '/login'},
		cluster: shop('nginx:1.16.1', 'nginx:1.18.0'),
	}),
];
