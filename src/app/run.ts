import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import {type ClusterConnection, connect} from '../cluster/connect.ts';
import {findTarget} from '../cluster/find-object.ts';
import {servedKind} from '../cluster/kinds/is-served.ts';
import {isWorkloadKind, kindWords, type TargetKind, type WorkloadKind} from '../domain/kinds/kind-words.ts';
import {parseSampleTarget, routeOf} from '../domain/sample-target.ts';
import {plainText, printable} from '../domain/sanitise.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import {type Config, practiceConfig} from './config/config.ts';
import {loadConfig} from './config/load-config.ts';
import type {ConfirmCurlPod} from './in-cluster-sampling.ts';
import {runOnce} from './run-once.ts';
import {runPlain} from './run-plain.ts';
import {runStatus} from './run-status.ts';
import {type Safety, safetyOf} from './safety.ts';
import {UsageError} from './usage-error.ts';
import {withSession} from './with-session.ts';
import type {World} from './world.ts';

/** Does what the options ask for. Throws UsageError and ClusterError with sentences for people. */
export async function run(options: Options, world: World): Promise<Ending> {
	if (options.remark !== undefined) world.stderr.write(`${options.remark}\n`);
	const [rule, config] = await Promise.all([checkedRule(options, world), configFor(options, world)]);
	const connection = await connect({...options.cluster, env: world.env});
	const safety = safetyOf(options.safety, config, connection.context, world.env);
	const timeout = options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs);
	const signal = timeout === undefined ? world.signal : AbortSignal.any([world.signal, timeout]);
	try {
		const asked = options.many === undefined ? {...options, kind: await servedKind(connection, options.kind, signal)} : options;
		const ending = await runMode(asked, rule, safety, connection, {...world, signal});
		if (ending !== undefined) return ending;
		if (!world.signal.aborted && timeout?.aborted === true) {
			world.stderr.write('error: timed out waiting for the condition\n');
			return 'timedOut';
		}
		return 'interrupted';
	} finally {
		await connection.close();
	}
}

/** `status` does nothing that a config could forbid; a practice cluster is there to be broken. */
async function configFor({mode}: Options, {env, practice = false}: World): Promise<Config> {
	return mode === 'status' || practice ? practiceConfig : loadConfig(env);
}

async function checkedRule({sampler}: Options, {unreachable}: World): Promise<VersionRule> {
	const rule = await versionRule(sampler.versionFrom);
	if ('error' in rule) throw new UsageError(`--version-from: ${rule.error}`);
	for (const text of sampler.targets) {
		const target = parseSampleTarget(text);
		if ('error' in target) throw new UsageError(`--curl: ${target.error}`);
		if (unreachable !== undefined && routeOf(target, false) === 'pod-address') throw new UsageError(`--curl ${target.label}: ${unreachable}; ask pods instead`);
	}
	return rule;
}

/** The tables of the regular expressions cost 10 ms: only who gives a rule pays for them. */
async function versionRule(text: string): Promise<VersionRule | {readonly error: string}> {
	if (text === 'auto') return {kind: 'auto'};
	return (await import('../domain/version-rule-text.ts')).parseVersionRule(text);
}

/** Without a screen to ask on, --yes is the consent; what is created is shown all the same. */
function consent({yes}: Options, {stderr}: World): ConfirmCurlPod {
	return async ({facts}) => {
		if (!yes) throw new UsageError(`nothing was created: it would be ${facts.join('; ')} (--yes agrees to that)`);
		stderr.write(`creating ${plainText(facts.join('; '))}\n`);
		return true;
	};
}

/** What has a line of its own. Throws UsageError. */
function statusKind(kind: TargetKind): WorkloadKind {
	if (isWorkloadKind(kind)) return kind;
	throw new UsageError(`status is of a workload, which no ${kindWords[kind].kind} is: leave the word away, and give --plain`);
}

async function runMode(options: Options, rule: VersionRule, safety: Safety, connection: ClusterConnection, world: World): Promise<Ending | undefined> {
	if (options.mode === 'screen') return (await import('./run-interactive.ts')).runInteractive(options, rule, safety, connection, world);
	if (options.many !== undefined) return (await import('./many/run-many.ts')).runMany(options, options.many, connection, world);
	const {kind, name} = options;
	if (options.mode === 'status') {
		await findTarget(connection, kind, name, world.signal);
		const output = {
			line: (text: string) => world.stdout.write(`${printable(text)}\n`),
			error: (text: string) => world.stderr.write(`error: ${printable(text)}\n`),
		};
		return runStatus(connection, {kind: statusKind(kind), name}, options, output, world.signal);
	}
	const {env, now, signal, stderr} = world;
	return withSession(
		{connection, watched: {kind, name}, options, rule, safety, env, now, confirmCurlPod: consent(options, world), signal, stderr},
		async session => {
			const write = (text: string) => world.stdout.write(text);
			if (options.sampler.targets.length > 0) await session.sampler.start();
			if (options.mode === 'once') return runOnce(session, options, write, world.signal);
			return runPlain(session, options.until, write, world.signal);
		},
	);
}
