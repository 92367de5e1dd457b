import {ClusterError} from '../errors.ts';

const reasons: readonly {readonly pattern: RegExp; readonly what: string; readonly hint: string}[] = [
	{
		pattern: /exceeded quota/i,
		what: 'the quota of the namespace leaves no room for it',
		hint: 'free some, ask for a larger quota, or name another namespace with --curl-namespace',
	},
	{
		pattern: /must specify (?:limits|requests)|maximum .* usage per|minimum .* usage per/i,
		what: 'the quota or limit range of the namespace refuses it',
		hint: 'name another namespace with --curl-namespace',
	},
	{
		pattern: /violates PodSecurity/i,
		what: 'the Pod Security level of the namespace refuses it',
		hint: 'it asks for no rights, so this is a bug of rollwatch: please report it with the sentence above',
	},
	{
		pattern: /security context constraint/i,
		what: 'no security context constraint admits it',
		hint: 'the user must be one that the namespace’s constraint admits: ask its owner',
	},
	{
		pattern: /admission webhook|denied the request|ValidatingAdmissionPolicy/i,
		what: 'a policy of the cluster refuses it',
		hint: 'is the image from a registry that the policy trusts? --curl-image names another one',
	},
	{
		pattern: /is being terminated/i,
		what: 'the namespace is being deleted',
		hint: 'name another namespace with --curl-namespace',
	},
];

/** What a refused creation of the pod means, in one sentence; other errors stay what they are. */
export function createFailure(error: unknown, namespace: string): unknown {
	if (!(error instanceof ClusterError)) return error;
	const {kind, message} = error;
	const failure = (what: string, hint: string | undefined) =>
		new ClusterError(`the curl pod cannot be created in namespace "${namespace}": ${what} (${message})`, {kind, hint, status: error.status, cause: error});
	const known = reasons.find(({pattern}) => pattern.test(message));
	if (known !== undefined) return failure(known.what, known.hint);
	if (kind === 'forbidden') return failure('you may not create pods there', error.hint);
	if (kind === 'not-found') return failure('there is no such namespace', 'name another one with --curl-namespace');
	return error;
}
