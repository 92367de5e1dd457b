import type {ApiClient} from './api-client.ts';
import type {ApiObject} from './api-object.ts';
import type {Clock} from './clock.ts';
import {follow} from './follow.ts';
import {followKinds, isAtRest} from './follow-kinds.ts';
import {createPlan} from './planned-act.ts';
import type {Scenario, Seen} from './scenarios/scenario.ts';
import {seeDeployments} from './see-deployments.ts';
import type {SteppedClock} from './stepped-clock.ts';

/** The longest that a step of the past may take, on the cluster's clock. */
const patienceMs = 600_000;

/** What the director works with. */
export interface DirectorOptions {
	readonly scenario: Scenario;
	readonly api: ApiClient;
	readonly clock: Clock;
	/** Told whenever there is something new to say. */
	readonly onHint: (text: string) => void;
}

/** Runs a scenario on a cluster that is up: its past, its opening, and then answers to what people do. */
export interface Director {
	/** Makes the past, in steps of a clock that ends up at `untilMs`. Throws when a step of it does not come to its end. */
	readonly makePast: (clock: SteppedClock, untilMs: number) => Promise<void>;
	/** Sets off what the screen opens with, and from now on says what to try next. */
	readonly open: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/** Follows the Deployments of the scenario's namespace, and its Service, from the start. */
export function createDirector({scenario, api, clock, onHint}: DirectorOptions): Director {
	const life = new AbortController();
	const all = new Map<string, ApiObject>();
	const objects = new Map<string, ApiObject>();
	let selector: Seen['selector'] = {};
	let isOpen = false;
	let hint = '';

	const planned = createPlan(api, clock, life.signal, () => look());
	const see = (): Seen | undefined => {
		const deployments = seeDeployments(all.values());
		const watched = deployments.get(scenario.deployment);
		return watched === undefined ? undefined : {watched, deployments, objects, selector, acts: planned.done};
	};
	const look = () => {
		const seen = isOpen ? see() : undefined;
		if (seen === undefined) return;
		const cue = scenario.next(seen);
		if (cue.hint !== hint) onHint(cue.hint);
		hint = cue.hint;
		planned.set(cue.act);
	};
	const {namespace, sees = []} = scenario;
	const following = Promise.all([
		followScenario({scenario, api, clock, signal: life.signal}, all, changed => {
			selector = changed ?? selector;
			look();
		}),
		followKinds({api, clock, signal: life.signal, namespace, kinds: sees, onChange: look}, objects),
	]);
	const isQuiet = () => {
		const deployments = [...seeDeployments(all.values()).values()];
		return deployments.length > 0 && deployments.every(({phase}) => phase === 'complete') && [...objects].every(([key, object]) => isAtRest(key, object));
	};
	return {
		async makePast(stepped, untilMs) {
			for (const {minutesAgo, change} of scenario.past) {
				await stepped.jump(Math.max(0, untilMs - minutesAgo * 60_000 - stepped.now()));
				await stepped.during(change(api));
				await stepped.advance(500);
				await stepped.advanceUntil(isQuiet, patienceMs);
				// What ended with the step, the old pods, is gone too.
				await stepped.advance(15_000);
			}
		},
		async open() {
			await scenario.opening?.(api);
			isOpen = true;
			// What the opening did is seen when the watch brings it; until then the past would be commented on.
			if (scenario.opening === undefined) look();
		},
		async stop() {
			life.abort();
			await following;
		},
	};
}

/** Keeps the Deployments of the scenario's namespace by uid, and calls back when one of them or what the Service selects has changed. */
async function followScenario(
	{scenario, api, clock, signal}: Pick<DirectorOptions, 'scenario' | 'api' | 'clock'> & {readonly signal: AbortSignal},
	deployments: Map<string, ApiObject>,
	onChange: (selector?: Seen['selector']) => void,
): Promise<void> {
	const {namespace, curl} = scenario;
	const takeService = (raw: unknown) => onChange((raw as {readonly spec?: {readonly selector?: Seen['selector']}}).spec?.selector ?? {});
	await Promise.all([
		follow({
			api,
			clock,
			signal,
			path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
			query: {},
			onList(list) {
				deployments.clear();
				for (const object of list as readonly ApiObject[]) deployments.set(object.metadata.uid, object);
				onChange();
			},
			onChange(type, raw) {
				const object = raw as ApiObject;
				if (type === 'DELETED') deployments.delete(object.metadata.uid);
				else deployments.set(object.metadata.uid, object);
				onChange();
			},
		}),
		follow({
			api,
			clock,
			signal,
			path: `/api/v1/namespaces/${namespace}/services`,
			query: {fieldSelector: `metadata.name=${curl.service}`},
			onList: list => takeService(list[0] ?? {}),
			onChange: (type, raw) => takeService(type === 'DELETED' ? {} : raw),
		}),
	]);
}
