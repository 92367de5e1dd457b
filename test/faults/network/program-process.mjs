// The program without its screen, as a process of its own: the session with all its streams, which tells over IPC what it claims and what it knows.
//
//	node program-process.mjs KUBECONFIG NAMESPACE NAME
import {createHash} from 'node:crypto';
import {getEventListeners} from 'node:events';
import {practiceConfig} from '../../../src/app/config/config.ts';
import {safetyOf} from '../../../src/app/safety.ts';
import {startSession} from '../../../src/app/session.ts';
import {parseArguments} from '../../../src/cli/parse-arguments.ts';
import {connect} from '../../../src/cluster/connect.ts';
import {monotonicMs} from './clock.mjs';
import {createLagMeter} from './lag.mjs';

const [kubeconfig = '', namespace = '', name = ''] = process.argv.slice(2);
const env = {...process.env, KUBECONFIG: undefined};

/** @param {AbortSignal} signal */
async function openSession(signal) {
	const surroundings = {env, stdoutIsTerminal: true, stdinIsTerminal: true};
	const parsed = parseArguments([`deploy/${name}`, '-n', namespace, '--kubeconfig', kubeconfig], '0.0.0', surroundings);
	if (parsed.kind !== 'run' || parsed.options.kind === undefined) throw new Error('the program did not understand its arguments');
	const {options} = parsed;
	const connection = await connect({...options.cluster, env});
	const safety = safetyOf(options.safety, practiceConfig, connection.context, env);
	const watched = {kind: options.kind, name: options.name};
	const session = startSession({connection, watched, options, rule: {kind: 'auto'}, safety, env, now: Date.now, signal});
	return {session, connection};
}

/** What is known: of each stream, by uid, the version and a digest of all that was read of it. @param {import('../../../src/store/state.ts').State} state */
function known(state) {
	const workloads = [...state.workloads.values()].filter(({gone}) => !gone).map(({workload}) => workload);
	const {replicaSets, pods, k8sEvents, services, endpointSlices, autoscalers, budgets} = state;
	const maps = {revisions: replicaSets, pods, events: k8sEvents, services, endpointslices: endpointSlices, autoscalers, disruptionbudgets: budgets};
	const lists = {workloads, ...Object.fromEntries(Object.entries(maps).map(([stream, map]) => [stream, [...map.values()]]))};
	const digest = (/** @type {object} */ object) => createHash('sha1').update(JSON.stringify(object)).digest('base64').slice(0, 8);
	return Object.fromEntries(
		Object.entries(lists).map(([stream, objects]) => [
			stream,
			Object.fromEntries(objects.map(object => [object.uid, `${'name' in object ? object.name : ''}@${object.resourceVersion} ${digest(object)}`])),
		]),
	);
}

/** @param {import('../../../src/store/state.ts').State} state */
function conditions(state) {
	return Object.fromEntries(Object.entries(state.streams).map(([stream, {condition}]) => [stream, condition]));
}

/** A fresh list of everything: by a session that has just begun. */
async function fresh() {
	const stop = new AbortController();
	const {session, connection} = await openSession(stop.signal);
	try {
		await new Promise(resolve => {
			const look = () => {
				const states = Object.values(session.store.snapshot().streams);
				if (states.every(({synced, condition}) => (synced && condition.kind === 'live') || condition.kind === 'forbidden')) resolve(undefined);
			};
			session.store.subscribe(look);
			look();
		});
		return known(session.store.snapshot());
	} finally {
		stop.abort();
		await session.followed;
		await connection.close();
	}
}

/** Counts of what could leak. @param {AbortSignal} signal */
function holdings(signal) {
	/** @type {Record<string, number>} */
	const counts = {};
	for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
	return {
		...counts,
		listeners: getEventListeners(signal, 'abort').length,
		processListeners: process.eventNames().reduce((sum, event) => sum + process.listenerCount(event), 0),
	};
}

// Opened at the first use only, a warning's for instance: that would look like something left over.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
const meter = createLagMeter();
const life = new AbortController();
/** @type {Awaited<ReturnType<typeof openSession>>['session'] | undefined} */
let running;

async function follow() {
	const {session} = await openSession(life.signal);
	running = session;
	/** @type {Record<string, string>} */
	const told = {};
	const tell = () => {
		for (const [stream, condition] of Object.entries(conditions(session.store.snapshot()))) {
			const text = JSON.stringify(condition);
			if (told[stream] === text) continue;
			told[stream] = text;
			process.send?.({type: 'condition', at: monotonicMs(), stream, ...condition});
		}
	};
	session.store.subscribe(tell);
	tell();
}

const answers = {
	follow,
	fresh,
	known: () => running && known(running.store.snapshot()),
	holdings: () => holdings(life.signal),
	lag: () => meter.lag(),
};

process.on('disconnect', () => process.exit());
process.on('message', async (/** @type {{id: number, ask: keyof typeof answers}} */ {id, ask}) => {
	try {
		process.send?.({type: 'answer', id, value: await answers[ask]()});
	} catch (error) {
		process.send?.({type: 'answer', id, error: error instanceof Error ? error.stack : String(error)});
	}
});
