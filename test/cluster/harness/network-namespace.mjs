import {spawnSync} from 'node:child_process';

/** Any address in it can be bound inside the namespace: each pod gets one. */
export const podNetwork = '10.244.0.0/16';
/** The same for the nodes themselves. */
const nodeNetwork = '10.240.0.0/24';

// With a process namespace too, because then the kernel ends whatever a test left behind.
const isolation = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
// Dies with us, and with it all processes inside, even when we are killed with SIGKILL.
const bound = ['setpriv', '--pdeathsig', 'KILL', 'unshare'];
const candidates = [isolation, ['--map-root-user', ...isolation]];

// The API server refuses to proxy to loopback addresses. A local route makes the kernel accept the whole
// network as its own, so servers bind pod addresses without anyone adding them one by one.
const setUp = ['ip link set lo up', ...[podNetwork, nodeNetwork].map(network => `ip route add local ${network} dev lo`)].join(' && ');

/**
 * A function that wraps a command so that it runs in a network namespace of its own, and the nsenter
 * flags that lead into it; or undefined where the system doesn't permit one.
 */
export function findNetworkNamespace() {
	if (process.platform !== 'linux') return undefined;
	const flags = candidates.find(isPermitted);
	if (flags === undefined) return undefined;
	return {
		wrap: (/** @type {readonly string[]} */ command) => wrapped(flags, command),
		enter: (/** @type {number} */ pid) => `nsenter --target ${pid} --net${flags === isolation ? '' : ' --user --preserve-credentials'}`,
	};
}

/** @param {readonly string[]} flags */
function isPermitted(flags) {
	const [program = '', ...args] = wrapped(flags, ['true']);
	return spawnSync(program, args, {stdio: 'ignore', timeout: 10_000}).status === 0;
}

/**
 * The shell stays as the first process: it reaps orphans, which an arbitrary program in its place would not.
 * @param {readonly string[]} flags
 * @param {readonly string[]} command
 */
function wrapped(flags, command) {
	return [...bound, ...flags, '--', 'sh', '-c', `${setUp} || exit 70; "$@"; exit $?`, 'sh', ...command];
}
