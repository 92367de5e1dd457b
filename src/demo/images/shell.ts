import type {Image, Machine, Program, Repository} from './image.ts';

/** `busybox`: as much of a shell as crash-loop examples use: `sh -c "echo starting; sleep 2; exit 1"`, `sleep 3600`, `false`. */
export const busybox: Repository = () => image(machine => run(machine, statements(machine.command)));

/** An image that ends with an error a second after its start, whatever its tag. */
export const crash: Repository = () =>
	image(machine =>
		run(machine, ['echo starting', 'sleep 1', 'echo fatal: cannot read configuration: /etc/app/config.yaml: no such file or directory', 'exit 1']),
	);

function image(program: Program): Image {
	return {program, sizeBytes: 2_160_000};
}

function statements(command: readonly string[]): readonly string[] {
	const script = command[1] === '-c' ? (command[2] ?? '') : command.join(' ');
	return script.split(/\s*(?:;|&&|\n)\s*/).filter(statement => statement !== '');
}

type Builtin = (machine: Machine, words: readonly string[], next: () => void) => void;

const builtins = new Map<string, Builtin>([
	[
		'echo',
		({log}, words, next) => {
			log(words.join(' ').replace(/^(["'])(.*)\1$/, '$2'));
			next();
		},
	],
	['exit', ({exit}, [code = '0']) => exit(Number(code))],
	['false', ({exit}) => exit(1)],
	['sleep', ({after}, [seconds = '0'], next) => after(Number.parseFloat(seconds) * 1_000, next)],
	['true', (_machine, _words, next) => next()],
]);

function run(machine: Machine, [statement, ...rest]: readonly string[]): void {
	const [word = 'exit', ...words] = statement?.split(/\s+/) ?? [];
	const builtin = builtins.get(word);
	if (builtin !== undefined) {
		builtin(machine, words, () => run(machine, rest));
		return;
	}
	machine.log(`sh: ${word}: not found`);
	machine.exit(127);
}
