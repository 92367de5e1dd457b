import {type CurlCommand, parseCurlCommand} from './curl-command.ts';
import {type CurlRun, runCurl} from './curl-exchange.ts';
import {anyTag, type Machine} from './image.ts';

/** `curlimages/curl`: the loop of rollwatch's curl pod, with real requests in the cluster's network. There is no shell in it that could run anything else. */
export const curl = anyTag('curlimages/curl', "runs the loop of rollwatch's curl pod, and nothing else", 9_500_000, machine => {
	const command = parseCurlCommand(machine.command);
	if (command === undefined) {
		machine.log('this image runs the loop of a curl pod only');
		machine.exit(127);
		return;
	}
	machine.onTerminate(() => machine.exit(0));
	void loop(command, machine);
});

/** As the shell does it: the pause runs beside the request, and the next one begins when both are over. */
async function loop(command: CurlCommand, machine: Machine): Promise<void> {
	const ended = machine.ended();
	for (let number = 1; number <= command.most; number++) {
		const pause = new Promise<void>(resolve => machine.after(command.everyMs, resolve));
		const run = await runCurl(command, machine);
		if (ended.aborted) return;
		machine.log(lineOf(number, run));
		await pause;
	}
	machine.exit(0);
}

function lineOf(number: number, {output, status, totalMs, firstByteMs, size, ip, message, exitCode}: CurlRun): string {
	const seconds = (ms: number) => (ms / 1_000).toFixed(6);
	const facts = [String(status).padStart(3, '0'), seconds(totalMs), seconds(firstByteMs), size, `ip=${ip}`, message, exitCode];
	return [number, output.toString('base64'), ...facts.filter(fact => fact !== '')].join(' ');
}
