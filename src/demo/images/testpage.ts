import {type Program, taggedImages} from './image.ts';

/** `testpage`: says its address and its version. Ends as soon as it is asked to. */
export const testpage = taggedImages(
	'testpage',
	'answers "I am: ADDRESS, the version is: 0.8"',
	6_262_504,
	Object.fromEntries(['0.5', '0.6', '0.7', '0.8', '0.9'].map(version => [version, testpageProgram(version)])),
);

/** `barnett/canarydemo`: answers `Demo: V1` on /version. */
export const canarydemo = taggedImages('barnett/canarydemo', 'answers "Demo: V1" on /version', 12_000_000, {v1: canaryProgram('V1'), v2: canaryProgram('V2')});

function testpageProgram(version: string): Program {
	return textServer(machine => `I am: ${machine.podIp}, the version is: ${version}\n`);
}

function canaryProgram(version: string): Program {
	return textServer(() => `Demo: ${version}\n`, '/version');
}

function textServer(textOf: (machine: Parameters<Program>[0]) => string, only?: string): Program {
	return machine => {
		machine.log('listening on 8080');
		machine.serve(8080, (request, response) => {
			const isFound = only === undefined || request.url?.split('?')[0] === only;
			machine.log(`${request.method} ${request.url}`);
			response.writeHead(isFound ? 200 : 404, {'content-type': 'text/plain; charset=utf-8'});
			response.end(isFound ? textOf(machine) : '404 page not found\n');
		});
		machine.onTerminate(() => machine.drain(() => machine.exit(0)));
	};
}
