import {anyTag, type CommandResult, type Machine} from './image.ts';

/** `busybox`: as much of a shell as examples use: `sh -c "echo starting; sleep 2; exit 1"`, `sleep 3600`, `touch /tmp/healthy`, `while true; do …; done`. */
export const busybox = anyTag(
	'busybox',
	'a small shell: echo, sleep, exit, touch, rm, cat, while true; PID 1, so it ignores SIGTERM',
	2_160_000,
	machine => {
		const files = new Set<string>();
		machine.onExec(command => runAtOnce(scriptOf(command), files, machine.env));
		runScript(scriptOf(machine.command), {machine, files}, code => machine.exit(code));
	},
	['sh', 'ash', 'echo', 'sleep', 'touch', 'rm', 'cat', 'true', 'false'],
);

/** An image that ends with an error a second after its start, whatever its tag. */
export const crash = anyTag('crash', 'ends with an error one second after each start', 2_160_000, machine => {
	machine.log('starting');
	machine.after(1_000, () => {
		machine.log('fatal: cannot read configuration: /etc/app/config.yaml: no such file or directory');
		machine.exit(1);
	});
});

interface Shell {
	readonly machine: Machine;
	/** The names of those that were made; nothing is in them. */
	readonly files: Set<string>;
}

/** A loop without a `sleep` must not take the whole machine. */
const loopPauseMs = 100;
const ok: CommandResult = {code: 0, output: ''};

function scriptOf(command: readonly string[]): string {
	return command[1] === '-c' ? (command[2] ?? '') : command.join(' ');
}

/** Runs statement after statement, `code` and `before` being how the last one ended and what stood behind it; `then` gets the last exit code. */
function runScript(script: string, shell: Shell, then: (code: number) => void, code = 0, before = ''): void {
	const text = script.trimStart();
	if (text === '') {
		then(code);
		return;
	}
	const loop = /^while\s+(?:true|:)\s*[;\n]\s*do\s([\s\S]*?)[;\n]\s*done\s*(?:[;\n]|$)/.exec(text);
	if (loop !== null) {
		repeat(loop[1] ?? '', shell);
		return;
	}
	const [whole, statement = '', operator = ''] = /^((?:"[^"]*"|'[^']*'|[^;\n&|"'])*["']?)(;|\n|&&|\|\||[&|]|$)/.exec(text) ?? [text, text];
	const goOn = (next: number) => runScript(text.slice(whole.length), shell, then, next, operator);
	const isSkipped = (before === '&&' && code !== 0) || (before === '||' && code === 0);
	if (isSkipped) goOn(code);
	else runStatement(statement, shell, goOn);
}

function repeat(body: string, shell: Shell): void {
	runScript(body, shell, () => shell.machine.after(loopPauseMs, () => repeat(body, shell)));
}

function runStatement(statement: string, {machine, files}: Shell, then: (code: number) => void): void {
	const [word = '', ...words] = wordsOf(statement, machine.env);
	if (word === 'exit') {
		machine.exit(Number(words[0] ?? 0) & 0xff);
		return;
	}
	if (word === 'sleep') {
		machine.after((Number.parseFloat(words[0] ?? '') || 0) * 1_000, () => then(0));
		return;
	}
	const {code, output} = runBuiltin(word, words, files);
	if (output !== '') for (const line of output.replace(/\n$/, '').split('\n')) machine.log(line);
	then(code);
}

/** A command beside the program, for probes: it has no time to sleep. */
function runAtOnce(script: string, files: Set<string>, env: Machine['env']): CommandResult {
	const [word = '', ...words] = wordsOf(script, env);
	return runBuiltin(word, words, files);
}

function runBuiltin(word: string, words: readonly string[], files: Set<string>): CommandResult {
	const names = words.filter(each => !each.startsWith('-'));
	switch (word) {
		case '':
		case 'true':
		case ':':
			return ok;
		case 'false':
			return {code: 1, output: ''};
		case 'echo':
			return {code: 0, output: `${words.join(' ')}\n`};
		case 'touch':
			for (const name of names) files.add(name);
			return ok;
		case 'rm':
			for (const name of names) files.delete(name);
			return ok;
		case 'cat': {
			const missing = names.find(name => !files.has(name));
			return missing === undefined ? ok : {code: 1, output: `cat: can't open '${missing}': No such file or directory\n`};
		}
		default:
			return {code: 127, output: `sh: ${word}: not found\n`};
	}
}

function wordsOf(statement: string, env: Machine['env']): readonly string[] {
	const words = statement.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
	return words.map(word => (word.startsWith("'") ? word.slice(1, -1) : substitute(word.replaceAll('"', ''), env)));
}

function substitute(word: string, env: Machine['env']): string {
	return word.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_whole, braced?: string, bare?: string) => {
		const name = braced ?? bare ?? '';
		return Object.hasOwn(env, name) ? (env[name] ?? '') : '';
	});
}
