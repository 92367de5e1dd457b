import {execFile, spawn} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {inject} from 'vitest';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** The program under test: a `bin/rollwatch.js` with its bundle. */
		readonly program: string;
	}
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const buildTries = 5;

/** Global set-up of vitest: the program is built once, and what the tests run is a copy, so that a build that starts meanwhile pulls nothing away from them. */
export async function setup(project: Pick<TestProject, 'provide'>): Promise<() => void> {
	const given = process.env.ROLLWATCH_TEST_PROGRAM;
	const folder = given ?? mkdtempSync(join(tmpdir(), 'rollwatch-program-'));
	if (given === undefined) await buildInto(folder);
	project.provide('program', join(folder, 'bin/rollwatch.js'));
	return () => {
		if (given === undefined) rmSync(folder, {recursive: true, force: true});
	};
}

async function buildInto(folder: string): Promise<void> {
	for (let tries = 1; ; tries++) {
		try {
			await promisify(execFile)(process.execPath, [join(root, 'scripts/build.mjs')], {cwd: root});
			for (const part of ['bin/rollwatch.js', 'dist/rollwatch.js', 'dist/demo.js', 'dist/sampler-thread.js', 'package.json'])
				cpSync(join(root, part), join(folder, part));
			// What can't even print its help was copied while it was being written.
			await promisify(execFile)(process.execPath, [join(folder, 'bin/rollwatch.js'), '--help']);
			return;
		} catch (error) {
			// Another build of the same checkout empties dist/ while we copy it.
			if (tries === buildTries) throw error;
		}
	}
}

/** Where the program is, from any test. */
export function programPath(): string {
	return inject('program');
}

export interface RunResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
}

export interface RunOptions {
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Ends it with SIGTERM. */
	readonly signal?: AbortSignal;
	readonly onStdout?: (text: string) => void;
	/** Where its output goes instead of into the result. */
	readonly stdout?: number;
	/** What is run with the arguments instead of the program. */
	readonly file?: string;
}

/** Runs the program without a terminal: pipes on both sides. Any end of it is a result. */
export function runProgram(args: readonly string[], {env = {}, signal, onStdout, stdout: output, file}: RunOptions = {}): Promise<RunResult> {
	return new Promise((resolve, reject) => {
		const [command, words] = file === undefined ? [process.execPath, [programPath(), ...args]] : [file, args];
		const child = spawn(command, words, {
			env: programEnv(env),
			stdio: ['ignore', output ?? 'pipe', 'pipe'],
			...(signal === undefined ? {} : {signal}),
		});
		let stdout = '';
		let stderr = '';
		child.stdout?.setEncoding('utf8').on('data', text => {
			stdout += text;
			onStdout?.(text);
		});
		child.stderr?.setEncoding('utf8').on('data', text => (stderr += text));
		child.on('error', error => (error.name === 'AbortError' ? undefined : reject(error)));
		child.on('close', (code, name) => resolve({stdout, stderr, code, signal: name}));
	});
}

// Neither the developer's config nor their log of actions is any test's business.
const stateFolder = mkdtempSync(join(tmpdir(), 'rollwatch-state-'));
process.once('exit', () => rmSync(stateFolder, {recursive: true, force: true}));

/** Our environment without what belongs to vitest, to the developer or to their cluster. */
export function programEnv(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
	const {
		CI: _ci,
		NODE_ENV: _nodeEnv,
		NO_COLOR: _noColor,
		FORCE_COLOR: _forceColor,
		KUBECONFIG: _kubeconfig,
		LC_ALL: _locale,
		LC_CTYPE: _characters,
		...rest
	} = process.env;
	return {...rest, LANG: 'C.UTF-8', XDG_CONFIG_HOME: '/nonexistent', XDG_STATE_HOME: stateFolder, ...env};
}
