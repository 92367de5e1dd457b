import {isMainThread, type MessagePort, parentPort, workerData} from 'node:worker_threads';
import {listImages} from './images/find-image.ts';
import {listRegistries} from './images/registries.ts';
import {type Performance, play} from './play.ts';
import type {Opened, Scenario} from './scenarios/scenario.ts';
import {scenarios} from './scenarios/scenarios.ts';

/** What the thread of an embedded cluster is started with. */
export interface DemoOrder {
	/** Absent: the first of the list. */
	readonly scenario: string | undefined;
	/** How many seconds pass in the cluster in one of the machine's. */
	readonly speed: number;
}

/** What the thread tells; any message to it ends it. */
export type DemoMessage =
	| {readonly type: 'ready'; readonly demo: DemoFacts}
	| {readonly type: 'hint'; readonly text: string}
	| {readonly type: 'unknown-scenario'; readonly known: readonly string[]}
	| {readonly type: 'failed'; readonly message: string};

/** How to reach the cluster, and what there is to watch in it. */
export interface DemoFacts {
	readonly url: string;
	/** PEM. */
	readonly ca: string;
	/** By user. */
	readonly tokens: Readonly<Record<string, string>>;
	readonly namespace: string;
	/** What the screen opens on. */
	readonly opens: Opened;
	readonly service: string;
	/** Where the machine itself reaches the Service. */
	readonly address: string;
	/** As `--curl` takes it, whether HEAD is enough, and which host is asked for where that is not the target's. */
	readonly curl: {readonly target: string; readonly head: boolean; readonly host: string | undefined};
	/** The machine's time, epoch ms, at which the cluster's clock showed the same and began to run. */
	readonly startedAt: number;
}

/** A name and what it stands for. */
export interface NamedLine {
	readonly name: string;
	readonly text: string;
}

/** What can be run: scenarios (the first is the default), images, and registries that make trouble, with a line each. */
export function listDemo(): Readonly<Record<'scenarios' | 'images' | 'registries', readonly NamedLine[]>> {
	return {
		scenarios: scenarios.map(({name, summary}) => ({name, text: summary})),
		images: listImages().map(({name, tags, summary}) => ({name: `${name}: ${tags.join(', ')}`, text: summary})),
		registries: listRegistries().map(({host, summary}) => ({name: host, text: summary})),
	};
}

// In a thread of its own the cluster's work costs the screen no time, and the screen's costs the cluster none.
if (!isMainThread && parentPort !== null) void serve(workerData as DemoOrder, parentPort);

async function serve({scenario: name, speed}: DemoOrder, port: MessagePort): Promise<void> {
	const tell = (message: DemoMessage) => port.postMessage(message);
	try {
		const scenario = name === undefined ? scenarios[0] : scenarios.find(one => one.name === name);
		if (scenario === undefined) {
			tell({type: 'unknown-scenario', known: scenarios.map(one => one.name)});
			port.close();
			return;
		}
		const performance = await play(scenario, speed, text => tell({type: 'hint', text}));
		tell({type: 'ready', demo: factsOf(scenario, performance)});
		port.once('message', () => void performance.stop().finally(() => port.close()));
	} catch (error) {
		tell({type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error)});
		port.close();
	}
}

function factsOf({namespace, deployment, curl, opens}: Scenario, {cluster, startedAt}: Performance): DemoFacts {
	const {url, ca, tokens, addresses, ingress} = cluster;
	const place = curl.via === 'ingress' ? ingress.address() : addresses.find(namespace, curl.service);
	const address = place === undefined ? '' : `http://${place.host}:${place.port}${curl.via === 'ingress' ? curl.path : '/'}`;
	const target = curl.via !== 'proxy' && place !== undefined ? address : `svc/${curl.service}`;
	const host = curl.via === 'ingress' ? curl.host : undefined;
	return {
		url,
		ca,
		tokens,
		namespace,
		opens: opens ?? {kind: 'Deployment', name: deployment},
		service: curl.service,
		address,
		curl: {target, head: curl.head ?? false, host},
		startedAt,
	};
}
