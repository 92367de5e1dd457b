import {isSecretHeader, isSecretParameter} from '../../domain/mix/secrets.ts';
import {ClusterError} from '../errors.ts';

/** One thing that a pod inside the cluster asks for again and again. */
export type CurlRequest = {
	/** As it is asked inside the cluster. */
	readonly url: string;
	readonly method: 'GET' | 'HEAD';
	readonly headers: readonly {readonly name: string; readonly value: string}[];
	/** For the whole request. */
	readonly timeoutMs: number;
	/** Certificates are not checked. */
	readonly insecure?: boolean | undefined;
};

const fieldName = /^[\w!#$%&'*+.^`|~-]+$/;

function refusal(message: string): ClusterError {
	return new ClusterError(`${message} would stand in the curl pod's specification, for everybody to read who may see pods`, {
		kind: 'invalid',
		hint: 'leave it out, or sample from here: without --curl-from-cluster',
	});
}

/**
 * Why a request may not be put into a pod, undefined where it may: credentials in a URL, a header or a query would be readable for everybody who may
 * see pods. Names what is wrong, never its value.
 */
export function curlRequestRefusal({url, headers}: CurlRequest): ClusterError | undefined {
	if (!URL.canParse(url)) return new ClusterError('the curl pod needs a valid URL', {kind: 'invalid'});
	const {protocol, username, password, searchParams} = new URL(url);
	if (protocol !== 'http:' && protocol !== 'https:') return new ClusterError('the curl pod asks http:// and https:// URLs only', {kind: 'invalid'});
	if (username !== '' || password !== '') return refusal('the credentials of the URL');
	const [parameter] = [...searchParams].find(([name, value]) => isSecretParameter(name, value)) ?? [];
	if (parameter !== undefined) return refusal(`the parameter "${parameter}" of the URL`);
	const secret = headers.find(isSecretHeader);
	if (secret !== undefined) return refusal(`the header "${secret.name}"`);
	const broken = headers.find(({name, value}) => !fieldName.test(name) || /[\r\n\0]/.test(value));
	return broken === undefined ? undefined : new ClusterError('a header must be a name and a value of one line', {kind: 'invalid'});
}

/** curl's own way to say that a header is sent without a value. */
function headerArgument({name, value}: CurlRequest['headers'][number]): string {
	return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/**
 * curl's arguments for a request: no configuration file of the image, no progress, no proxy, no redirects, a new connection for each run (curl ends
 * with it). Headers and body go to the standard output. All of them are words of their own, so nothing in them is ever read by a shell.
 */
export function curlArguments({url, method, headers, timeoutMs, insecure}: CurlRequest): readonly string[] {
	const given = headers.flatMap(header => ['-H', headerArgument(header)]);
	// curl would expand brackets and braces of a URL (-g), and reads `~/.curlrc` unless -q comes first.
	const fixed = ['-q', '-s', '-g', method === 'HEAD' ? '-I' : '-i', '--noproxy', '*', '--max-time', String(timeoutMs / 1000), '-A', 'rollwatch'];
	return [...fixed, ...(insecure === true ? ['-k'] : []), ...given, '--url', url];
}
