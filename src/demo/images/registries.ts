import type {ImageReference} from './find-image.ts';

/** Why a pull fails, as a container runtime tells the kubelet. */
interface PullError {
	/** Of gRPC. */
	readonly code: 'NotFound' | 'Unknown' | 'DeadlineExceeded';
	readonly text: string;
}

/** A registry that one can have trouble with, by the host before the first slash of an image's name. Every other host gives whatever is known here. */
interface Registry {
	/** One line, for `demo --list`. */
	readonly summary: string;
	/** How much longer than elsewhere a pull takes. */
	readonly extraMs?: number;
	/** Absent: it gives its images after all. */
	readonly error?: (manifest: Manifest) => PullError;
}

/** Where a registry keeps what is asked of it. */
interface Manifest {
	readonly host: string;
	readonly path: string;
	readonly tag: string;
}

/** An address for documentation (RFC 5737): nobody has it. */
const address = '203.0.113.7:443';
const head = ({host, path, tag}: Manifest) => `failed to do request: Head "https://${host}/v2/${path}/manifests/${tag}"`;
const rateLimit =
	'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit';

const registries: Readonly<Record<string, Registry>> = {
	'private.example': {
		summary: 'wants credentials',
		error: () => ({
			code: 'Unknown',
			text: 'failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
		}),
	},
	'busy.example': {
		summary: 'answers 429 Too Many Requests',
		error: ({host, path, tag}) => ({
			code: 'Unknown',
			text: `failed to copy: httpReadSeeker: failed open: unexpected status code https://${host}/v2/${path}/manifests/${tag}: 429 Too Many Requests - Server message: ${rateLimit}`,
		}),
	},
	'arm.example': {
		summary: 'has its images for another platform only',
		error: () => ({code: 'NotFound', text: 'no match for platform in manifest: not found'}),
	},
	'down.example': {
		summary: 'refuses connections',
		error: manifest => ({code: 'Unknown', text: `failed to resolve image: ${head(manifest)}: dial tcp ${address}: connect: connection refused`}),
	},
	'far.example': {
		summary: 'cannot be reached: a timeout',
		extraMs: 2_000,
		error: manifest => ({code: 'DeadlineExceeded', text: `failed to resolve image: ${head(manifest)}: dial tcp ${address}: i/o timeout`}),
	},
	'nowhere.example': {
		summary: 'has a name that does not resolve',
		error: manifest => ({
			code: 'Unknown',
			text: `failed to resolve image: ${head(manifest)}: dial tcp: lookup ${manifest.host} on 10.96.0.10:53: no such host`,
		}),
	},
	'untrusted.example': {
		summary: 'has a certificate of an unknown authority',
		error: manifest => ({
			code: 'Unknown',
			text: `failed to resolve image: ${head(manifest)}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
		}),
	},
	'slow.example': {summary: 'gives its images within two minutes', extraMs: 120_000},
};

/** What a pull of an image takes beyond the usual, and why it fails, in containerd's words; without an error the registry gives what it has. */
export function pullFrom({repository, tag}: ImageReference): {readonly extraMs: number; readonly error: string | undefined} {
	const slash = repository.indexOf('/');
	const manifest = {host: repository.slice(0, slash), path: repository.slice(slash + 1), tag};
	const {extraMs = 0, error} = Object.hasOwn(registries, manifest.host) ? (registries[manifest.host] ?? {}) : {};
	return {extraMs, error: error === undefined ? undefined : pullErrorText({repository, tag}, error(manifest))};
}

/** How containerd tells that a pull failed. */
export function pullErrorText({repository, tag}: ImageReference, {code, text}: PullError): string {
	return `rpc error: code = ${code} desc = failed to pull and unpack image "${repository}:${tag}": ${text}`;
}

/** The hosts that one can have trouble with, each with what it does. */
export function listRegistries(): readonly {readonly host: string; readonly summary: string}[] {
	return Object.entries(registries).map(([host, {summary}]) => ({host, summary}));
}
