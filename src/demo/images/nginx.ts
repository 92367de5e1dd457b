import type {RequestListener} from 'node:http';
import {type Program, taggedImages} from './image.ts';

const welcome = page(
	'Welcome to nginx!',
	'If you see this page, the nginx web server is successfully installed and working. Further configuration is required.',
);

/** `nginx`: the same page whatever the version, which stands in the `Server` header only. */
export const nginx = taggedImages('nginx', 'the page "Welcome to nginx!"; the version stands in the Server header only', 133_000_000, {
	latest: nginxProgram('1.21.6'),
	'1.16.1': nginxProgram('1.16.1'),
	'1.18.0': nginxProgram('1.18.0'),
	'1.21': nginxProgram('1.21.6'),
	'1.21.6': nginxProgram('1.21.6'),
	'1.22': nginxProgram('1.22.1'),
	'1.22.1': nginxProgram('1.22.1'),
});

/** `docker/getting-started`: another page on the same server, for canaries that are told apart by their page. */
export const gettingStarted = taggedImages('docker/getting-started', 'the page "Getting Started" on the same server', 74_000_000, {
	latest: webServer('nginx/1.21.6', page('Getting Started', 'Welcome! Let us run your first container.')),
});

function nginxProgram(version: string): Program {
	return webServer(`nginx/${version}`, welcome);
}

function webServer(server: string, body: string): Program {
	return machine => {
		const answer: RequestListener = (request, response) => {
			machine.log(
				`${request.socket.remoteAddress} - - "${request.method} ${request.url} HTTP/1.1" 200 ${body.length} "-" "${request.headers['user-agent'] ?? '-'}" "-"`,
			);
			response.writeHead(200, {server, 'content-type': 'text/html', 'content-length': Buffer.byteLength(body)});
			response.end(request.method === 'HEAD' ? undefined : body);
		};
		machine.log('/docker-entrypoint.sh: Configuration complete; ready for start up');
		machine.serve(80, answer);
		machine.onTerminate(() => machine.drain(() => machine.exit(0)));
	};
}

function page(title: string, text: string): string {
	return `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;
}
