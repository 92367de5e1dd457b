import {workloadSnapshot} from '../../../src/app/json-snapshot.ts';
import {createPlainReporter} from '../../../src/app/plain-reporter.ts';
import {snapshotText} from '../../../src/app/snapshot-text.ts';
import {noAnswers} from '../../../src/domain/answer-memory.ts';
import type {WorkloadCommand} from '../../../src/domain/command.ts';
import {mixHistory} from '../../../src/domain/mix/mix-history.ts';
import {plainTraits} from '../../../src/domain/mix/target-traits.ts';
import {createPodDirectory} from '../../../src/domain/pod-directory.ts';
import {recognise} from '../../../src/domain/recognise-version.ts';
import {revisionOf} from '../../../src/domain/revisions.ts';
import {emptyWindow} from '../../../src/domain/sample-window.ts';
import {templateAfter} from '../../../src/domain/template-after.ts';
import {templateDiff} from '../../../src/domain/template-diff.ts';
import type {Event} from '../../../src/store/event.ts';
import {reduce} from '../../../src/store/reduce.ts';
import {confirmView} from '../../../src/store/selectors/confirm/confirm-view.ts';
import {podDetailsView} from '../../../src/store/selectors/pod-details-view.ts';
import {revisionRows} from '../../../src/store/selectors/revision-rows.ts';
import {rolloutFacts} from '../../../src/store/selectors/rollout-facts.ts';
import {createScreenView} from '../../../src/store/selectors/screen-view.ts';
import {stepsView} from '../../../src/store/selectors/steps-view.ts';
import {whyView} from '../../../src/store/selectors/why-view.ts';
import {initialState, type State} from '../../../src/store/state.ts';
import {focused} from '../../../src/store/workload-state.ts';
import {drawFrame} from '../../../src/ui/frame.ts';
import {type Line, lineText, lineWidth} from '../../../src/ui/line.ts';
import {createTheme} from '../../../src/ui/theme.ts';
import {type Dialog, initialUiState} from '../../../src/ui/ui-state.ts';
import {everyCommand} from '../../store/every-command.ts';
import {texts} from './hostile-text.ts';
import type {World} from './listed.ts';
import {mutated, oneOf, type Random} from './mutate.ts';
import {ordersIn} from './terminal-orders.ts';

const theme = createTheme({color: true, ascii: false, motion: false});
const sizes = [
	[1, 1],
	[20, 5],
	[30, 8],
	[40, 10],
	[80, 24],
	[120, 34],
	[200, 60],
] as const;

const commands: readonly WorkloadCommand[] = [...everyCommand, {kind: 'set-image', container: 'app', image: 'app:\u001b[31mv2'}];

function hostileAnswer(random: Random) {
	const text = () => oneOf(texts, random) + oneOf(['', ' v2', '{"version": 1e999}', 'x'.repeat(70_000)], random);
	const headers = {[oneOf(['x-version', 'server', 'content-type', '__proto__', 'constructor'], random)]: text(), 'x-served-by': text()};
	return {status: oneOf([200, 200, 302, 404, 500, 599], random), headers, body: text(), truncated: random() < 0.1};
}

/** What a curl loop and logs bring meanwhile. */
function answersFor(state: State, random: Random): readonly Event[] {
	const directory = createPodDirectory(state.pods.values(), state.replicaSets.values());
	const started: Event = {
		type: 'sampler-started',
		id: 0,
		target: `http://${oneOf(texts, random)}/`,
		route: 'url',
		intervalMs: 1000,
		traits: plainTraits,
		at: state.now,
	};
	const samples = Array.from({length: 4}, (): Event => {
		const sample = {at: state.now, latencyMs: 1, ...recognise(hostileAnswer(random), {kind: 'auto'}, directory, noAnswers)};
		return {type: 'sampled', id: 0, sample};
	});
	const [pod] = state.pods.values();
	const refused: Event = {type: 'sampler-refused', problem: oneOf(texts, random), at: state.now};
	const tails: Event[] =
		pod === undefined
			? []
			: [{type: 'log-tail', tail: {podUid: pod.uid, container: pod.containers[0]?.name ?? '', previous: false, lines: [oneOf(texts, random)]}}];
	return [started, ...samples, ...tails, ...(random() < 0.1 ? [refused] : [])];
}

/** A state of a world whose API has lost its mind: some objects as they are, some spoilt, some spoilt once more a little later. */
export function spoiltState(world: World, random: Random): State {
	let state = initialState({context: oneOf(texts, random), server: 'https://cluster', namespace: 'web', kind: world.kind, name: world.name}, world.at, 60);
	const dispatch = (event: Event) => {
		state = reduce(state, event);
	};
	for (const stream of ['workloads', 'revisions', 'pods', 'events', 'services', 'endpointslices'] as const)
		dispatch({type: 'stream-changed', stream, condition: {kind: 'live', since: world.at}});
	for (const [changed, share] of [
		[false, 0.5],
		[true, 0.3],
	] as const) {
		for (const {objects, give} of world.lists) {
			const some = changed ? objects.filter(() => random() < share) : objects;
			give(
				some.map(object => (random() < share ? mutated(object, random) : object)),
				state.now,
				dispatch,
				changed,
			);
		}
		dispatch({type: 'ticked', at: state.now + 1000});
	}
	for (const event of answersFor(state, random)) dispatch(event);
	dispatch({type: 'ticked', at: state.now + 1000});
	return state;
}

function misdrawn(lines: readonly Line[], columns: number): readonly string[] {
	return lines.flatMap(line => {
		const text = lineText(line);
		const wide = lineWidth(line) > columns ? [`${lineWidth(line)} of ${columns} columns: ${JSON.stringify(text)}`] : [];
		return [...wide, ...ordersIn(text)];
	});
}

function dialogsOf(state: State): readonly (Dialog | undefined)[] {
	const workloadState = focused(state);
	const facts = rolloutFacts(workloadState, state.now);
	const back = {dialog: undefined, top: 0, read: false};
	const questions = commands.flatMap((command): Dialog[] => {
		const view = confirmView(workloadState, command);
		return 'refusal' in view
			? []
			: [{kind: 'confirm', view, dryRun: [{text: oneOf(texts, Math.random), tone: 'bad'}], remark: undefined, typed: {text: '', cursor: 0}}];
	});
	const details = [...state.pods.keys()]
		.slice(0, 2)
		.map((uid): Dialog => ({kind: 'details', uid, logs: {container: 0, previous: false, state: 'shown', lines: texts}}));
	const history: Dialog[] = facts === undefined ? [] : [{kind: 'steps', view: stepsView(facts, state, state.now), chosen: 1, workload: undefined}];
	const diffs =
		facts === undefined
			? []
			: diffDialogs(state, facts.workload).map((view): Dialog => ({kind: 'diff', command: {kind: 'restart'}, shown: {state: 'shown', view}, back}));
	return [
		undefined,
		{kind: 'why', workload: undefined},
		{kind: 'mix'},
		{kind: 'help'},
		{kind: 'release-steps', index: 0},
		...questions,
		...details,
		...history,
		...diffs,
	];
}

function diffDialogs(state: State, workload: Parameters<typeof templateAfter>[1]) {
	const revisions = [...state.replicaSets.values()];
	return commands.flatMap(command => {
		const after = templateAfter(command, workload, revisions);
		return after === undefined ? [] : [{from: 'now', to: after.name, ...templateDiff(workload.template, after.template, state.guard)}];
	});
}

/** What is wrong with anything that anybody is shown of a state: too wide, or with orders for the terminal in it. Throws what the program would throw. */
export function misdrawnIn(state: State, random: Random): readonly string[] {
	const view = createScreenView()(state);
	const workloadState = focused(state);
	const facts = rolloutFacts(workloadState, state.now);
	const why = facts && whyView(workloadState, facts, state.now);
	const [columns, rows] = oneOf(sizes, random);
	const frames = dialogsOf(state).flatMap(dialog => {
		const input = {
			view,
			ui: {...initialUiState, dialog, dialogTop: random() < 0.2 ? 3 : 0},
			size: {columns, rows},
			theme,
			logs: undefined,
			why,
			podDetails: (uid: string) =>
				podDetailsView(state, uid, revisionOf(state.replicaSets.get(state.pods.get(uid)?.ownerUid ?? '') ?? ({annotations: {}} as never))),
			mixHistory: (seconds: number, width: number) => ({
				...mixHistory(state.sampler.targets[0]?.window ?? emptyWindow, state.now, {seconds, columns: width, intervalMs: 1000}),
				seconds,
				now: state.now,
			}),
		};
		const {above, below} = drawFrame(input);
		const tall = above.length + below.length >= Math.max(2, rows) ? [`${above.length + below.length} of ${rows} rows`] : [];
		return [...tall, ...misdrawn([...above, ...below], columns)];
	});
	return [...frames, ...misprinted(state, view)];
}

/** The other faces: lines for a log, the tables of `--once`, JSON. */
function misprinted(state: State, view: ReturnType<ReturnType<typeof createScreenView>>): readonly string[] {
	const workloadState = focused(state);
	const facts = rolloutFacts(workloadState, state.now);
	const lines = [...createPlainReporter().report(view, state.now), ...snapshotText(view).split('\n')];
	const json = facts === undefined ? '{}' : JSON.stringify(workloadSnapshot({state: workloadState, facts, replicaSets: view.replicaSets, pods: view.pods}));
	JSON.parse(json);
	if (facts !== undefined) JSON.stringify(revisionRows(facts, state, state.now));
	return [...lines.flatMap(ordersIn), ...(/[\u0000-\u001F]/.test(json) ? ['JSON with a bare control character'] : [])];
}
