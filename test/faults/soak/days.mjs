// `node test/faults/soak/days.mjs DAYS`: see days-process.ts.
import {execFileSync} from 'node:child_process';
import {bundled} from '../../bench/bundled.mjs';

const built = bundled(new URL('days-process.ts', import.meta.url).href);
try {
	execFileSync(process.execPath, [built.file, process.argv[2] ?? '1'], {stdio: 'inherit'});
} finally {
	built.remove();
}
