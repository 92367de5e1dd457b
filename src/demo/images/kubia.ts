import type {IncomingMessage} from 'node:http';
import {type Program, taggedImages} from './image.ts';

/** How many requests v3 answers well; the readiness probe's count too, so it goes bad within a few seconds of being ready. */
const goodAnswers = 4;

/** `luksa/kubia` of "Kubernetes in Action": v3 is the bad version that blocks a rollout. */
export const kubia = taggedImages(
	'luksa/kubia',
	'answers "This is v2 running in pod NAME"; v3 fails from its fifth request on; all ignore SIGTERM',
	6_262_496,
	{
		v1: kubiaProgram('v1'),
		v2: kubiaProgram('v2'),
		v3: kubiaProgram('v3', goodAnswers),
		v4: kubiaProgram('v4'),
		latest: kubiaProgram('v1'),
	},
);

function kubiaProgram(version: string, lastGoodAnswer = Number.POSITIVE_INFINITY): Program {
	return machine => {
		let requests = 0;
		machine.log('Kubia server starting...');
		machine.serve(8080, (request, response) => {
			machine.log(`Received request from ${clientOf(request)}`);
			if (++requests > lastGoodAnswer) {
				response.writeHead(500).end(`Some internal error has occurred! This is pod ${machine.podName}\n`);
			} else {
				response.writeHead(200).end(`This is ${version} running in pod ${machine.podName}\n`);
			}
		});
	};
}

function clientOf({socket, headers}: IncomingMessage): string {
	return `${socket.remoteAddress}:${socket.remotePort} ${headers['user-agent'] ?? ''}`.trimEnd();
}
