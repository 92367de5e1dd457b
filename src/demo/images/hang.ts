import {anyTag} from './image.ts';

/** `hang`: takes every request and answers none, as a program does that waits for a database. */
export const hang = anyTag('hang', 'takes requests on 8080 and never answers one: probes time out', 2_160_000, machine => {
	machine.log('listening on 8080');
	machine.log('waiting for the database');
	machine.serve(8080, () => undefined);
	machine.onTerminate(() => machine.exit(0));
});
