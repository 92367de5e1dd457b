// A process of its own: takes in all that happens behind a Service in so many days, and then in as many more, without a network between; prints after
// each half how many entries all collections have, its own faces' and caches' included.
//
//	node days-process.js DAYS
import {createPlainReporter} from '../../../src/app/plain-reporter.ts';
import {reduce} from '../../../src/store/reduce.ts';
import {createScreenView} from '../../../src/store/selectors/screen-view.ts';
import {initialState} from '../../../src/store/state.ts';
import {start} from '../../domain/cluster-objects.ts';
import {target} from '../../store/behind-service.ts';
import {collections} from './collections.ts';
import {eventsOfDay, firstEvents} from './days.ts';

/** The screen is drawn, and lines are told, after so many events. */
const eventsAFrame = 32;

const days = Number(process.argv[2]);
const view = createScreenView();
const reporter = createPlainReporter();
let state = firstEvents.reduce(reduce, initialState(target, start, 60));
let taken = 0;
let lines = 0;

for (const half of [0, 1]) {
	for (let day = half * days; day < (half + 1) * days; day++) {
		for (const event of eventsOfDay(day)) {
			state = reduce(state, event);
			if (++taken % eventsAFrame === 0) lines += reporter.report(view(state), state.now).length;
		}
	}
	process.stdout.write(`${JSON.stringify({taken, lines, ...collections()})}\n`);
}
