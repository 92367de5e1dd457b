import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import type {AuditEvent} from './harness/cluster-access.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {comparableRequest, isDryRun, sentSince, triedSince, withoutPrecondition} from './scenarios/comparable-request.ts';
import {type RecordedRequest, type RecordingProxy, startRecordingProxy} from './scenarios/recording-proxy.ts';
import {chooseRevision, end, enter, sayYes, type Watching, watchingOf} from './scenarios/watching.ts';

const cluster = suiteCluster();
const name = 'app';
const target = `deployment/${name}`;

/** One Deployment that kubectl drives, and its twin that the keys drive. */
interface Side {
	readonly namespace: TestNamespace;
	readonly proxy: RecordingProxy;
	/** What was sent to change something since the last time it was asked. */
	readonly sent: () => readonly RecordedRequest[];
	/** The dry runs since then. A question asks for one by itself. */
	readonly tried: () => readonly RecordedRequest[];
}

describe.runIf(isOwnCluster())('what the keys send is what kubectl sends', () => {
	let kubectl: Side;
	let keys: Side;
	let watching: Watching;
	let screen: Terminal;

	beforeAll(async () => {
		[kubectl, keys] = await Promise.all([createSide('kubectl'), createSide('keys')]);
		watching = watchingOf(cluster, keys.namespace, keys.proxy.kubeconfig);
		screen = watching.screen([`deploy/${name}`], {columns: 160, rows: 50});
		await screen.shows('PROGRESSING');
	});
	afterAll(async () => {
		await end(screen);
		await Promise.all([kubectl, keys].map(side => side?.proxy.stop()));
		await Promise.all([kubectl, keys].map(side => side?.namespace.delete()));
	});

	const runKubectl = (...args: string[]) => kubectl.namespace.must(['rollout', ...args], {kubeconfig: kubectl.proxy.kubeconfig});
	const onBothSides = (args: readonly string[]) => Promise.all([kubectl, keys].map(side => side.namespace.must(args)));
	const imageOf = ({namespace}: Side) => namespace.must(['get', target, '-o', 'jsonpath={.spec.template.spec.containers[0].image}']);

	/** Exactly one request on each side, and the same. */
	async function expectEqualRequests(of: 'sent' | 'tried' = 'sent'): Promise<void> {
		const [theirs, ours] = [kubectl[of](), keys[of]()];
		expect(theirs).toHaveLength(1);
		expect(ours.map(request => asKubectl(comparable(request, keys)))).toEqual(theirs.map(request => comparable(request, kubectl)));
		expect(ours[0]?.userAgent).toMatch(/^rollwatch/);
		const {requestObject, ...event} = await lastAudited(keys, of);
		expect({...event, requestObject: withoutPrecondition(requestObject).body}).toEqual(await lastAudited(kubectl, of));
	}

	test('pause, by the keys p and y', async () => {
		await runKubectl('pause', target);
		await screen.pressFor('p', 'Send it?');
		await sayYes(screen);
		await screen.shows(/PAUSED /);
		expect(kubectl.proxy.changes[0]).toMatchObject({body: '{"spec":{"paused":true}}', contentType: 'application/strategic-merge-patch+json'});
		await expectEqualRequests();
	});

	test('while paused, p says why not, and u asks for both that kubectl wants one after the other; nothing is sent', async () => {
		await screen.pressFor('p', 'already paused');
		const asked = unwrapped(await screen.pressFor('u', 'Resume and undo the rollout of app?'));
		expect(asked).toMatch(/rollout resume deployment\/app && kubectl .* rollout undo deployment\/app /);
		await screen.shows('dry run: the API server accepts it');
		await screen.pressFor(enter, 'PAUSED ');
		await screen.hides('Send it?');
		expect(keys.sent()).toEqual([]);
		const args = (command: string) => ['rollout', command, target];
		expect((await kubectl.namespace.kubectl(args('pause'))).stderr).toContain('is already paused');
		expect((await kubectl.namespace.kubectl(args('undo'))).stderr).toContain('you cannot rollback a paused deployment');
	});

	test('resume, by the keys r and y', async () => {
		await runKubectl('resume', target);
		await screen.pressFor('r', 'Send it?');
		await sayYes(screen);
		await screen.shows('ROLLING OUT: ');
		await screen.shows('resumed');
		await expectEqualRequests();
		await screen.pressFor('r', 'not paused');
		expect(keys.sent()).toEqual([]);
	});

	test('a server-side dry run of an undo, which its question asks for', async () => {
		await onBothSides(['get', target]);
		// What the questions before have tried.
		keys.tried();
		await runKubectl('undo', target, '--dry-run=server');
		await screen.pressFor('u', 'Send it?');
		await screen.shows('dry run: the API server accepts it');
		await screen.pressFor(enter, 'revision');
		await screen.hides('Send it?');
		await expectEqualRequests('tried');
		expect(keys.sent()).toEqual([]);
		expect(await imageOf(keys)).toBe('idle:3');
	});

	test('undo, by the keys u and y', async () => {
		await runKubectl('undo', target);
		await screen.pressFor('u', 'Send it?');
		await sayYes(screen);
		await screen.shows(/^ idle:3 → idle:2 +revision 3 → 4/m);
		await expectEqualRequests();
		expect(await Promise.all([kubectl, keys].map(imageOf))).toEqual(['idle:2', 'idle:2']);
	});

	test('undo to a revision, by the keys t, Enter and y', async () => {
		await runKubectl('undo', target, '--to-revision=1');
		await chooseRevision(screen, 1);
		await sayYes(screen);
		await screen.shows(/^ idle:2 → idle:1 +revision 4 → 5/m);
		await expectEqualRequests();
	});

	test('an undo to what runs already is refused in kubectl’s words and sends nothing', async () => {
		const said = await runKubectl('undo', target, '--to-revision=5');
		expect(said).toContain('skipped rollback (current template already matches revision 5)');
		await screen.pressFor('t', 'which revision');
		// The first one in the list is the current one.
		await screen.pressFor('\u001B[A', '│ revision 5 (now)');
		await screen.pressFor(enter, 'current template already matches revision 5');
		expect(screen.text()).not.toContain('Send it?');
		expect([kubectl.sent(), keys.sent()]).toEqual([[], []]);
	});

	test('scale, by the keys s, a number and y', async () => {
		await kubectl.namespace.must(['scale', target, '--current-replicas=2', '--replicas=5'], {kubeconfig: kubectl.proxy.kubeconfig});
		await screen.pressFor('s', `How many replicas of ${name}?`);
		const asked = await screen.pressFor('5', `Scale ${name} to 5?`);
		expect(unwrapped(asked)).toContain(`scale deployment/${name} --current-replicas=2 --replicas=5`);
		expect(keys.sent()).toEqual([]);
		await sayYes(screen);
		await screen.shows('scaled from 2 to 5 replicas');
		// The body is the Scale that was read, versions and times in it: only what was asked for is compared.
		const [[theirs], [ours]] = [kubectl.sent(), keys.sent()];
		// kubectl leaves the type to the server to guess.
		expect(ours).toMatchObject({method: theirs?.method, contentType: theirs?.contentType ?? 'application/json'});
		expect(ours?.url.replaceAll(keys.namespace.name, 'NAMESPACE')).toBe(theirs?.url.replaceAll(kubectl.namespace.name, 'NAMESPACE'));
		expect(scaleBody(ours?.body)).toEqual(scaleBody(theirs?.body));
		expect((await namespaceOf(keys, 'update')).at(-1)).toMatchObject({verb: 'update', objectRef: {subresource: 'scale'}});
	});

	test('scale to nothing, tried on the server first', async () => {
		await kubectl.namespace.must(['scale', target, '--current-replicas=5', '--replicas=0', '--dry-run=server'], {kubeconfig: kubectl.proxy.kubeconfig});
		await screen.pressFor('s', `How many replicas of ${name}?`);
		await screen.pressFor('0', 'All of its pods are stopped.');
		await screen.shows('dry run: the API server accepts it');
		await screen.pressFor('\u001B', 'revision');
		const [theirs, ours] = [kubectl.tried().at(-1), keys.tried().at(-1)];
		expect(ours?.url).toContain('dryRun=All');
		expect(scaleBody(ours?.body)).toEqual(scaleBody(theirs?.body));
		expect(await keys.namespace.must(['get', target, '-o', 'jsonpath={.spec.replicas}'])).toBe('5');
	});

	test('scale is refused in kubectl’s words when somebody else has scaled it since the question was answered', async () => {
		const said = await kubectl.namespace.kubectl(['scale', target, '--current-replicas=2', '--replicas=7']);
		expect(said.stderr).toContain('Expected replicas to be 2, was 5');
		await screen.pressFor('s', `How many replicas of ${name}?`);
		await screen.pressFor('7', `Scale ${name} to 7?`);
		await keys.namespace.must(['scale', target, '--replicas=4']);
		await screen.shows('/4 updated');
		await screen.pressFor('y', 'while it was open');
		await screen.shows('spec.replicas  4 → 7');
		expect(keys.sent()).toEqual([]);
		await screen.pressFor('\u001B', 'revision');
		await screen.hides('Send it?');
	});

	test('the selector of a Service, by the keys e, a, a label and y', async () => {
		const service = {apiVersion: 'v1', kind: 'Service', metadata: {name: 'shop'}, spec: {selector: {app: name, tier: 'front'}, ports: [{port: 80}]}};
		for (const {namespace} of [kubectl, keys]) await namespace.must(['create', '-f', '-'], {input: JSON.stringify(service)});
		const versionOf = ({namespace}: Side) => namespace.must(['get', 'svc/shop', '-o', 'jsonpath={.metadata.resourceVersion}']);
		const behind = watching.screen(['svc/shop'], {columns: 160, rows: 50});
		try {
			await behind.shows('selector   app=app, tier=front');
			await behind.pressFor('e', '▶ app=app');
			await behind.pressFor('\u001B[B', '▶ tier=front');
			await behind.pressFor('x', /\d pods will match, 0 ready/);
			await behind.pressFor('a', 'NAME=VALUE');
			await behind.pressFor('version=v2', /^│? +version=v2 /m);
			const asked = await behind.pressFor('\r', '0 pods will match, 0 ready');
			expect(asked).toContain('No pod matches: every request will fail.');
			expect(unwrapped(asked)).toContain(`set selector service/shop app=app,version=v2 --resource-version=${await versionOf(keys)}`);
			const version = await versionOf(kubectl);
			await kubectl.namespace.must(['set', 'selector', 'service/shop', 'app=app,version=v2', `--resource-version=${version}`], {
				kubeconfig: kubectl.proxy.kubeconfig,
			});
			expect(keys.sent()).toEqual([]);
			const versions = [version, await versionOf(keys)];
			behind.press('y');
			await behind.shows('selector   app=app, version=v2');
			const withoutVersions = (side: Side) =>
				side.sent().map(request => JSON.stringify(comparable(request, side)).replaceAll(new RegExp(`"(${versions.join('|')})"`, 'g'), '"VERSION"'));
			const [theirs, ours] = [withoutVersions(kubectl), withoutVersions(keys)];
			expect(theirs).toHaveLength(1);
			expect(ours.map(text => JSON.parse(text))).toEqual(theirs.map(text => JSON.parse(text)));
			expect(await namespaceOf(keys, 'patch')).not.toEqual([]);
		} finally {
			await end(behind);
		}
	});

	test('a selector for a Service that somebody else has changed meanwhile is refused by the server, as kubectl’s is', async () => {
		const said = await kubectl.namespace.kubectl(['set', 'selector', 'service/shop', 'app=x', '--resource-version=1']);
		expect(said.stderr).toContain('the object has been modified');
	});

	test('with --yes pause asks nothing, and an undo still does', async () => {
		const bold = watching.screen([`deploy/${name}`, '--yes']);
		try {
			await bold.shows('PROGRESSING');
			await bold.pressFor('p', /PAUSED /);
			expect(keys.sent()).toMatchObject([{body: expect.stringContaining('"spec":{"paused":true}')}]);
			await bold.pressFor('r', 'ROLLING OUT: ');
			expect(keys.sent()).toMatchObject([{body: expect.stringContaining('"spec":{"paused":null}')}]);
			await bold.pressFor('u', 'Send it?');
			expect(keys.sent()).toEqual([]);
		} finally {
			await end(bold);
		}
	});

	/** What the API server wrote down about changes of one kind in a side's namespace. */
	async function namespaceOf({namespace}: Side, verb: string): Promise<readonly AuditEvent[]> {
		return (await cluster.auditEvents()).filter(
			event => event.verb === verb && event.objectRef?.namespace === namespace.name && event.userAgent?.startsWith('rollwatch'),
		);
	}

	/** What the API server wrote down about the last change, or the last dry run: either may be the later one. */
	async function lastAudited({namespace}: Side, of: 'sent' | 'tried') {
		const events = await cluster.auditEvents();
		const isWanted = (url: string) => isDryRun({url}) === (of === 'tried');
		const last = events.findLast(({verb, objectRef, requestURI}) => verb === 'patch' && objectRef?.namespace === namespace.name && isWanted(requestURI));
		return {...audited(last), uri: last?.requestURI.replaceAll(namespace.name, 'NAMESPACE')};
	}
});

describe.runIf(isOwnCluster())('an undo without a history', () => {
	test('is refused in kubectl’s words and sends nothing', async () => {
		const side = await createSide('fresh', ['idle:1']);
		const screen = watchingOf(cluster, side.namespace, side.proxy.kubeconfig).screen([`deploy/${name}`]);
		try {
			await screen.shows('PROGRESSING');
			await screen.shows('● LIVE');
			await screen.pressFor('u', 'no rollout history found for deployment "app"');
			await screen.pressFor('t', 'there is only one revision');
			expect((await side.namespace.kubectl(['rollout', 'undo', target])).stderr).toContain('no rollout history found for deployment "app"');
			expect(side.sent()).toEqual([]);
		} finally {
			await end(screen);
			await side.proxy.stop();
			await side.namespace.delete();
		}
	});
});

async function createSide(topic: string, images: readonly string[] = ['idle:1', 'idle:2', 'idle:3']): Promise<Side> {
	const namespace = await createNamespace(cluster, `requests-${topic}`);
	const proxy = await startRecordingProxy(cluster, namespace.name);
	for (const [index, image] of images.entries()) {
		// Made without apply, and with annotations that a roll-back treats in three ways: kept, brought back, dropped.
		if (index === 0) await namespace.must(['create', '-f', '-'], {input: JSON.stringify(deployment(image))});
		else await namespace.must(['set', 'image', target, `*=${image}`]);
		if (index === 1) await namespace.must(['annotate', target, 'kubernetes.io/change-cause=to idle:2', 'team=blue']);
		const path = 'jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}';
		await vi.waitFor(async () => expect(await namespace.must(['get', target, '-o', path])).toBe(String(index + 1)), {timeout: 30_000, interval: 100});
	}
	return {namespace, proxy, sent: sentSince(proxy), tried: triedSince(proxy)};
}

/** Fits no node, so that nothing happens to it but what is sent. */
function deployment(image: string): object {
	const labels = {app: name};
	const spec = {nodeSelector: {'rollwatch.test/node': 'none'}, containers: [{name, image, env: [{name: 'MODE', value: image}]}]};
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name, annotations: {owner: 'us'}},
		spec: {replicas: 2, selector: {matchLabels: labels}, template: {metadata: {labels, annotations: {note: 'ä "quoted"'}}, spec}},
	};
}

/** What goes out, apart from who sends it and where. */
function comparable(request: RecordedRequest, {namespace}: Side) {
	return comparableRequest(request, namespace.name);
}

/** Ours insists on the object that was read, which kubectl does not: the rest must be the same. */
function asKubectl({body, ...request}: ReturnType<typeof comparable>) {
	const {body: rest, version} = withoutPrecondition(body);
	expect(version).toMatch(/^\d+$/);
	return {...request, body: rest};
}

/** What a Scale that is written asks for. */
function scaleBody(body = '{}'): unknown {
	const {kind, apiVersion, spec, metadata} = JSON.parse(body);
	return {kind, apiVersion, spec, name: metadata?.name, isForVersion: typeof metadata?.resourceVersion};
}

/** A question's text without its frame and its line breaks. */
function unwrapped(text: string): string {
	return text.replace(/[\s│]+/g, ' ');
}

function audited(event: AuditEvent | undefined) {
	return {verb: event?.verb, objectRef: {...event?.objectRef, namespace: 'NAMESPACE'}, requestObject: event?.requestObject, code: event?.responseStatus?.code};
}
