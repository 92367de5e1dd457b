import {expect, it, vi} from 'vitest';
import {createCurlPods} from '../../../src/app/act/curl-pods.ts';
import {type CurlPodWish, curlPodSpec} from '../../../src/cluster/curl-pod/curl-pod-spec.ts';
import {createCurlPod} from '../../../src/cluster/curl-pod/open-curl-pod.ts';
import {startEmbedded, webOf} from '../../cluster-io/curl-pod/embedded.ts';
import {requestOf} from '../../sampler/curl-log/run-loop.ts';

const ours = 'app.kubernetes.io/managed-by=rollwatch,app.kubernetes.io/component=curl';
const wish: CurlPodWish = {requests: [requestOf('http://web.default.svc/')], intervalMs: 100};

it('what is created and deleted for the curl loop is written down: what an earlier run left behind, our own pod, and its end', async () => {
	const embedded = await startEmbedded();
	const {connection} = embedded;
	await embedded.apply(...webOf('testpage:0.8', 1));
	const left = curlPodSpec(connection, {...wish, most: 1}, Date.now());
	await createCurlPod(connection, left, false);
	await vi.waitFor(async () => expect((await embedded.pods(ours)).map(({status}) => status.phase)).toEqual(['Succeeded']), 30_000);
	const written: string[] = [];
	const curlPods = createCurlPods(connection, ({action, object}) => {
		written.push(`${action} ${object} begun`);
		return ({kind}) => written.push(`${action} ${object} ${kind}`);
	});
	const spec = curlPodSpec(connection, wish, Date.now());
	await curlPods.dryRun(spec);
	expect(written).toEqual([]);
	const pod = await curlPods.open({spec, signal: new AbortController().signal});
	await pod.close();
	expect(written).toEqual([
		`curl-pod pod/${spec.name} begun`,
		`delete-curl-pod pod/${left.name} begun`,
		`delete-curl-pod pod/${left.name} accepted`,
		`curl-pod pod/${spec.name} accepted`,
		`delete-curl-pod pod/${spec.name} begun`,
		`delete-curl-pod pod/${spec.name} accepted`,
	]);
	expect(await embedded.pods(ours)).toEqual([]);
});
