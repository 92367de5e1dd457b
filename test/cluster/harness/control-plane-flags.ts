import type {ControlPlaneFiles} from './control-plane-files.ts';

export interface ApiServerSettings {
	readonly files: ControlPlaneFiles;
	readonly apiPort: number;
	readonly etcdPort: number;
	readonly auditPath: string | undefined;
}

/** The kube-apiserver's command line. */
export function apiServerFlags({files, apiPort, etcdPort, auditPath}: ApiServerSettings): string[] {
	return [
		`--etcd-servers=http://127.0.0.1:${etcdPort}`,
		`--secure-port=${apiPort}`,
		'--bind-address=127.0.0.1',
		// Given, because it is otherwise looked up from the default route, which a network namespace lacks.
		'--advertise-address=127.0.0.1',
		`--cert-dir=${files.certificates}`,
		`--service-account-key-file=${files.serviceAccountKey}`,
		`--service-account-signing-key-file=${files.serviceAccountKey}`,
		'--service-account-issuer=https://kubernetes.default.svc',
		'--service-cluster-ip-range=10.96.0.0/16',
		`--token-auth-file=${files.tokenFile}`,
		'--authorization-mode=Node,RBAC',
		// No pod of ours has a service account to mount, and without the node-lifecycle controller
		// nobody would take the not-ready taint off a new node.
		'--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
		'--endpoint-reconciler-type=none',
		...(auditPath === undefined ? [] : [`--audit-policy-file=${files.auditPolicy}`, `--audit-log-path=${auditPath}`]),
	];
}

const throughput = ['--kube-api-qps=500', '--kube-api-burst=1000'];

/** The kube-controller-manager's command line. */
export function controllerManagerFlags(files: ControlPlaneFiles, kubeconfig: string, nodeLifecycle: boolean): string[] {
	return [
		`--kubeconfig=${kubeconfig}`,
		`--service-account-private-key-file=${files.serviceAccountKey}`,
		'--leader-elect=false',
		'--secure-port=0',
		// A test machine that stalls for 40 s must not lose its node and all pods.
		`--controllers=*${nodeLifecycle ? '' : ',-nodelifecycle'}`,
		...throughput,
	];
}

/** The kube-scheduler's command line. */
export function schedulerFlags(kubeconfig: string): string[] {
	return [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0', ...throughput];
}
