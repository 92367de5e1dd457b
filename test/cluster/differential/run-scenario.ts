import type {ClusterUnderTest} from './cluster-under-test.ts';
import {eventViolations} from './conformance/events.ts';
import {historiesOf} from './conformance/history.ts';
import {createDriver, type Driver} from './driver.ts';
import {newestEvents} from './normalise.ts';
import {type Write, writesOf} from './objects.ts';
import type {Recorder, Recording} from './recorder.ts';
import {appName, type Scenario, type Step} from './scenario.ts';
import {stalledUnrest, unrest} from './settled.ts';

/** A point at which all had come to rest, and after which writes it was. */
export interface Rest {
	readonly after: string;
	readonly version: number;
}

/** What one side did in a scenario. */
export interface Trace {
	readonly scenario: string;
	readonly writes: readonly Write[];
	readonly rests: readonly Rest[];
}

/** Runs a scenario in a namespace of its own. Throws when a step is not reached. */
export async function runScenario(cluster: ClusterUnderTest, recorder: Recorder, scenario: Scenario, namespace: string): Promise<Trace> {
	const recording = recorder.open(namespace);
	await cluster.send({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}});
	const driver = createDriver(cluster, recording, namespace);
	const rests: Rest[] = [];
	const settle = async (after: string, stalls = false) => {
		await recording.until(stalls ? stalledUnrest : unrest).catch(error => Promise.reject(new Error(`${cluster.side}: after ${after}: ${error.message}`)));
		rests.push({after, version: recording.version()});
	};
	const run = async () => {
		for (const step of scenario.steps) await runStep(step, driver, settle);
		await eventsAreIn(recording);
	};
	await Promise.race([run(), recorder.failed]);
	const trace = {scenario: scenario.name, writes: recording.writes(), rests};
	await Promise.all([...recording.state.deployments.keys()].map(driver.remove));
	return trace;
}

type Settle = (after: string, stalls?: boolean) => Promise<void>;

async function runStep(step: Step, driver: Driver, settle: Settle): Promise<void> {
	switch (step.do) {
		case 'create':
			await driver.create(step.path, step.object);
			return settle('create');
		case 'open':
		case 'finish':
			return openGates(step, driver, settle);
		default:
			if (await driver.act(step.to ?? appName, step)) await settle(JSON.stringify(step), step.stalls);
	}
}

async function openGates(step: Extract<Step, {do: 'open' | 'finish'}>, driver: Driver, settle: Settle): Promise<void> {
	let left = step.do === 'open' ? step.pods : Number.POSITIVE_INFINITY;
	while (left > 0) {
		const opened = await driver.open(step.of ?? appName, left);
		if (opened === 0) return;
		left -= opened;
		await settle(`${opened} opened`);
	}
}

/** Events are written behind the work they tell of, by a busy control plane long behind it. */
async function eventsAreIn(recording: Recording): Promise<void> {
	const giveUpAt = Date.now() + 30_000;
	let seen = -1;
	while (seen !== recording.writes().length || (Date.now() < giveUpAt && areEventsMissing(recording.writes()))) {
		seen = recording.writes().length;
		await new Promise(resolve => setTimeout(resolve, 500));
	}
}

function areEventsMissing(writes: readonly Write[]): boolean {
	return historiesOf(writes).some(history => eventViolations(history).length > 0) || isStartUntold(writes);
}

/** The word of a container's start comes by itself, behind the status that says that it runs. */
function isStartUntold(writes: readonly Write[]): boolean {
	const told = new Set(newestEvents(writes).flatMap(({reason, involvedObject}) => (reason === 'Started' ? [involvedObject.name] : [])));
	return writesOf(writes, 'pods').some(({object: {metadata, status}}) => {
		return status.containerStatuses?.some(({state}) => state.running !== undefined) === true && !told.has(metadata.name);
	});
}
