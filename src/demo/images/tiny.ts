import {type Program, taggedImages} from './image.ts';

/** `tiny`: for clusters of thousands of pods. It keeps nothing and says nothing but its version. */
export const tiny = taggedImages('tiny', 'answers "tiny v1" and costs next to nothing: for thousands of pods', 1_024_000, {
	v1: tinyProgram('v1'),
	v2: tinyProgram('v2'),
	v3: tinyProgram('v3'),
});

function tinyProgram(version: string): Program {
	const body = `tiny ${version}\n`;
	return machine => {
		machine.serve(8080, (_request, response) => response.writeHead(200, {'content-type': 'text/plain'}).end(body));
		machine.onTerminate(() => machine.drain(() => machine.exit(0)));
	};
}
