import {load} from 'js-yaml';
import {describe, expect, test} from 'vitest';
import {type CurlRequest, curlRequestRefusal} from '../../../src/cluster/curl-pod/curl-arguments.ts';
import {curlPodPlan} from '../../../src/cluster/curl-pod/curl-pod-plan.ts';
import {curlPodSpec} from '../../../src/cluster/curl-pod/curl-pod-spec.ts';
import {curlPodManifest} from '../../../src/cluster/curl-pod/manifest.ts';
import {commandOf, requestOf, specOf} from '../../sampler/curl-log/run-loop.ts';

const header = (name: string, value = 'v') => requestOf('http://web/', {headers: [{name, value}]});

describe('what may stand in a pod', () => {
	test.each<[string, CurlRequest, string]>([
		['credentials', requestOf('http://me:s3cret@web/'), 'the credentials of the URL'],
		['a user name', requestOf('http://me@web/'), 'the credentials of the URL'],
		['a token in the query', requestOf('http://web/?access_token=s3cret'), 'the parameter "access_token" of the URL'],
		['a signed URL', requestOf('http://web/?X-Amz-Signature=s3cret'), 'the parameter "X-Amz-Signature" of the URL'],
		['Authorization', header('Authorization', 'Bearer s3cret'), 'the header "Authorization"'],
		['Proxy-Authorization', header('proxy-authorization', 's3cret'), 'the header "proxy-authorization"'],
		['Cookie', header('Cookie', 'id=s3cret'), 'the header "Cookie"'],
		['an API key', header('X-Api-Key', 's3cret'), 'the header "X-Api-Key"'],
		['a key of any kind', header('Ocp-Apim-Subscription-Key', 's3cret'), 'the header "Ocp-Apim-Subscription-Key"'],
		['a session', requestOf('http://web/?sessionid=s3cret'), 'the parameter "sessionid" of the URL'],
		['credentials under a name of their own', header('X-Upstream', 'Bearer s3cret'), 'the header "X-Upstream"'],
		['a JSON web token', requestOf('http://web/?q=eyJhbGciOiJIUzI1NiJ9.s3cret'), 'the parameter "q" of the URL'],
		['a token', header('X-Auth-Token', 's3cret'), 'the header "X-Auth-Token"'],
	])('not %s', (_what, request, named) => {
		const refusal = curlRequestRefusal(request);
		expect(refusal?.message).toBe(`${named} would stand in the curl pod's specification, for everybody to read who may see pods`);
		expect(`${refusal?.message} ${refusal?.hint}`).not.toContain('s3cret');
		expect(() => curlPodSpec({namespace: 'web', user: 'me', as: undefined, context: 'c'}, {requests: [request], intervalMs: 1_000}, 0)).toThrow(named);
	});

	test.each(['Host', 'X-Canary', 'Accept', 'X-Request-Id', 'Keep-Alive', 'X-Author'])('the header %s', name => {
		expect(curlRequestRefusal(header(name))).toBeUndefined();
	});

	test.each([
		['a header of two lines', header('X-A', 'b\r\nX-C: d')],
		['a file in the place of a header', header('@/etc/passwd', '')],
		['another protocol', requestOf('file:///etc/passwd')],
		['what is no URL', requestOf('web')],
	])('not %s', (_what, request) => {
		expect(curlRequestRefusal(request)?.kind).toBe('invalid');
	});
});

describe('the pod', () => {
	const requests = [requestOf('http://old/'), requestOf('http://new:8080/$(PATH)', {method: 'HEAD', insecure: true})];
	const pod = curlPodManifest(specOf(requests, {intervalMs: 250, lifetimeMs: 600_000, most: undefined}));

	test('is of the restricted profile, has no rights and ends by itself', () => {
		expect(pod.metadata).toEqual({
			name: 'rollwatch-curl-1',
			namespace: 'web',
			labels: {'app.kubernetes.io/managed-by': 'rollwatch', 'app.kubernetes.io/component': 'curl'},
			annotations: {'rollwatch/started-by': 'me', 'rollwatch/started-at': '2026-11-21T14:00:00.000Z'},
		});
		expect(pod.spec).toMatchObject({
			restartPolicy: 'Never',
			activeDeadlineSeconds: 600,
			terminationGracePeriodSeconds: 1,
			automountServiceAccountToken: false,
			enableServiceLinks: false,
			securityContext: {runAsNonRoot: true, seccompProfile: {type: 'RuntimeDefault'}},
		});
		for (const {securityContext, resources} of pod.spec.containers) {
			expect(securityContext).toEqual({allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ['ALL']}});
			expect(Object.keys(resources.limits)).toEqual(['cpu', 'memory']);
		}
	});

	test('has a container for each request', () => {
		expect(pod.spec.containers.map(({name}) => name)).toEqual(['curl-1', 'curl-2']);
		const [, , , ...words] = commandOf(specOf(requests, {intervalMs: 250, lifetimeMs: 600_000, most: undefined}), 1);
		expect(words.join(' ')).toBe('rollwatch-curl 0.25 2400 10240 -q -s -g -I --noproxy * --max-time 2 -A rollwatch -k --url http://new:8080/$(PATH)');
	});

	test('asks no more often than it can', () => {
		const [, , , , every] = commandOf(specOf(requests, {intervalMs: 5}));
		expect(every).toBe('0.1');
	});

	test('is shown as it is sent', () => {
		const spec = specOf(requests, {intervalMs: 250, lifetimeMs: 600_000});
		const {facts, yaml, command} = curlPodPlan(spec);
		expect(load(yaml)).toEqual(JSON.parse(JSON.stringify(curlPodManifest(spec))));
		expect(facts).toEqual([
			'a pod rollwatch-curl-1 in namespace web, image curlimages/curl:8.10.1',
			'asks GET http://old/ every 250 ms',
			'asks HEAD http://new:8080/$(PATH) every 250 ms',
			'deleted when rollwatch stops sampling or ends; at the latest it ends by itself after 10m',
		]);
		expect(command).toBe('kubectl create -n web -f -');
	});
});
