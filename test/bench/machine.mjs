import {readFileSync} from 'node:fs';
import {cpus, release, totalmem, type} from 'node:os';
import {kubectl} from './kubectl.mjs';

/** What the figures were taken on, as lines of name and value. @returns {Promise<[string, string][]>} */
export async function describeMachine() {
	const {serverVersion} = JSON.parse(await kubectl(['version', '-o', 'json']));
	return [
		['CPUs', `${cpus().length} × ${cpus()[0]?.model.trim()}`],
		['memory', `${(totalmem() / 2 ** 30).toFixed(0)} GiB`],
		['system', `${systemName()}${type()} ${release()}`],
		['Node', process.version],
		['Kubernetes', `${serverVersion.gitVersion}, control plane and pods (KWOK) on the same CPUs, where they give way to all else`],
	];
}

/** Of a Linux distribution, with a comma; empty elsewhere. */
function systemName() {
	try {
		const [, name] = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
		return name === undefined ? '' : `${name}, `;
	} catch {
		return '';
	}
}
