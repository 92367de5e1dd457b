// `node test/bench/growth.mjs [--pods 3,100,1000,5000] [--flags --cpu-prof,…]`: what changes cost while pods stand by, as a table. Needs Node alone.
import {parseArgs} from 'node:util';
import {measureAll} from './measure-all.mjs';
import {measureGrowth} from './measures/growth-in-process.mjs';

const {values} = parseArgs({options: {pods: {type: 'string'}, flags: {type: 'string'}}});
await measureAll({growth: () => measureGrowth(values.pods?.split(',').map(Number), values.flags?.split(','))});
