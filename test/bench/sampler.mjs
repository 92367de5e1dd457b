// `node test/bench/sampler.mjs [--only load,cadence] [--minutes 10]`: the budgets of the sampler, as a table. Needs Node alone, and curl to compare with.
// Without --minutes the cadence is measured for one.
import {parseArgs} from 'node:util';
import {measureAll} from './measure-all.mjs';
import {measureCadence} from './measures/cadence.mjs';
import {measureSampler} from './measures/sampler.mjs';
import {buildProgram} from './program.mjs';

const {values} = parseArgs({options: {only: {type: 'string'}, minutes: {type: 'string', default: '1'}}});
const built = buildProgram();
try {
	const measures = {load: measureSampler, cadence: () => measureCadence(built.file, {minutes: Number(values.minutes)})};
	await measureAll(measures, values.only?.split(','));
} finally {
	built.remove();
}
