import {writeFileSync} from 'node:fs';
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ClusterAccess, type ClusterInfo, createClusterAccess} from './cluster-access.ts';
import {type Component, startComponent} from './component.ts';
import {controlPlaneUser, kubeconfigOf, writeControlPlaneFiles} from './control-plane-files.ts';
import {apiServerFlags, controllerManagerFlags, schedulerFlags} from './control-plane-flags.ts';
import {waitForPort, waitUntilReady} from './readiness.ts';

export interface ControlPlaneOptions {
	/** The multi-call program; `run.mjs` builds it and says where it is. */
	readonly program?: string;
	/** Where everything is kept. Default: a temporary folder that `stop` removes. */
	readonly folder?: string;
	readonly auditLog?: boolean;
	/** Without the controller manager and the scheduler, for a test that brings controllers of its own. Default: with them. */
	readonly controllers?: boolean;
	/** Whether nodes that fall silent are noticed. Default: no. */
	readonly nodeLifecycle?: boolean;
}

/** A control plane of one's own, for tests that disturb it; all others share the suite's. */
export interface ControlPlane extends ClusterAccess {
	readonly info: ClusterInfo;
	/** The API server hangs: connections stay open, nothing answers. */
	pauseApiServer(): void;
	resumeApiServer(): void;
	/** The API server dies: connections break, new ones are refused. */
	killApiServer(): Promise<void>;
	/** Brings a killed API server back on the same port, with the same data. */
	startApiServer(): Promise<void>;
	/** Everything dies, as when the machine loses power. */
	killAll(): Promise<void>;
	/** Brings all of it back on the same ports, with whatever is in `etcdFolder` by now. */
	startAll(): Promise<void>;
	/** Where etcd keeps its data. */
	readonly etcdFolder: string;
	stop(): Promise<void>;
}

/** Starts etcd, API server, controller manager and scheduler on free ports, and returns as soon as the API is ready. */
export async function startControlPlane({
	program = builtProgram(),
	folder,
	auditLog = false,
	controllers = true,
	nodeLifecycle = false,
}: ControlPlaneOptions = {}): Promise<ControlPlane> {
	const home = folder ?? (await mkdtemp(join(tmpdir(), 'rollwatch-control-plane-')));
	await mkdir(home, {recursive: true});
	const [etcdPort, peerPort, apiPort] = await Promise.all([freePort(), freePort(), freePort()]);
	const files = writeControlPlaneFiles(home, program);
	const server = `https://127.0.0.1:${apiPort}`;
	const auditPath = auditLog ? join(home, 'audit.log') : undefined;
	const info = clusterInfo({home, server, files, auditPath});
	const parts = new Map<string, Component>();
	let isUp = false;
	const start = (name: string, args: readonly string[]) => {
		const part = startComponent({program, name, args: [name, ...args], folder: home});
		parts.set(name, part);
		// Later failures have no one who awaits them, yet they explain every test that fails after them.
		part.failed.catch(error => isUp && process.stderr.write(`${error.message}\n`));
		return part;
	};
	const startApiServer = async () => {
		const part = start('kube-apiserver', apiServerFlags({files, apiPort, etcdPort, auditPath}));
		await Promise.race([waitUntilReady(server, info.own.token, join(home, 'kube-apiserver.log')), part.failed]);
	};
	const etcdFolder = join(home, 'etcd');
	const startAll = async () => {
		const etcd = start('etcd', [etcdFolder, `http://127.0.0.1:${etcdPort}`, `http://127.0.0.1:${peerPort}`]);
		// An API server that finds no etcd waits a whole second before it tries again.
		await Promise.race([waitForPort(etcdPort, join(home, 'etcd.log')), etcd.failed]);
		await startApiServer();
		if (!controllers) return;
		start('kube-controller-manager', controllerManagerFlags(files, componentKubeconfig(home, server, files), nodeLifecycle));
		start('kube-scheduler', schedulerFlags(componentKubeconfig(home, server, files)));
	};
	const killAll = async () => {
		await Promise.all([...parts.values()].map(part => part.kill()));
	};
	const stop = async () => {
		await killAll();
		if (folder === undefined) await rm(home, {recursive: true, force: true});
	};

	try {
		await startAll();
		isUp = true;
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		...createClusterAccess(info),
		info,
		pauseApiServer: () => parts.get('kube-apiserver')?.pause(),
		resumeApiServer: () => parts.get('kube-apiserver')?.resume(),
		killApiServer: async () => parts.get('kube-apiserver')?.kill(),
		startApiServer,
		killAll,
		startAll,
		etcdFolder,
		stop,
	};
}

type Files = ReturnType<typeof writeControlPlaneFiles>;

function clusterInfo({home, server, files, auditPath}: {home: string; server: string; files: Files; auditPath: string | undefined}) {
	const {tokens, certificateAuthority, kubectl} = files;
	const kubeconfig = join(home, 'kubeconfig');
	const token = tokens.admin ?? '';
	writeFileSync(kubeconfig, kubeconfigOf({server, certificateAuthority, user: 'admin', token}), {mode: 0o600});
	return {kubeconfig, server, folder: home, kubectlProgram: kubectl, own: {token, tokens, certificateAuthority, auditLog: auditPath}};
}

function componentKubeconfig(home: string, server: string, {tokens, certificateAuthority}: Files): string {
	const path = join(home, 'kubeconfig-control-plane');
	writeFileSync(path, kubeconfigOf({server, certificateAuthority, user: controlPlaneUser, token: tokens[controlPlaneUser] ?? ''}), {mode: 0o600});
	return path;
}

function builtProgram(): string {
	const program = process.env.ROLLWATCH_TEST_CONTROL_PLANE;
	if (program === undefined) throw new Error('ROLLWATCH_TEST_CONTROL_PLANE is not set: start the tests with "npm run test:cluster"');
	return program;
}

/** Asked for at the same time they differ; another process could take one before we do, which is rare enough. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer()
			.on('error', reject)
			.listen(0, '127.0.0.1', () => {
				const address = server.address();
				server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no free port'))));
			});
	});
}
