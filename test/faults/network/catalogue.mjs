import {errorCodes, errorStatus, inGzip, loginPages, truncatedEvent, truncatedList} from './faults/answers.mjs';
import {refused, reset, stall, stallOne, trickle} from './faults/connections.mjs';
import {duplicated, expiredStorm, stale, swapped} from './faults/events.mjs';
import {everything, someScope} from './faults/fault.mjs';
import {otherCertificate, strangeCertificate, tokenExpiry, tokenRenewal} from './faults/identity.mjs';

/** @typedef {import('./faults/fault.mjs').Fault} Fault */

/** Each kind of fault once, for the table. @returns {Fault[]} */
export function eachFault() {
	return [
		reset(false),
		reset(true),
		refused(),
		stall('resumes'),
		stall('is reset'),
		stall('is forgotten'),
		stallOne('pods'),
		trickle(300, 50),
		...errorCodes.flatMap(code => [errorStatus(code, undefined, everything), errorStatus(code, 2, everything)]),
		truncatedList('anywhere', 'cut', everything),
		truncatedList('in a character', 'clean', everything),
		truncatedEvent('anywhere', 'clean', everything),
		truncatedEvent('in a character', 'cut', everything),
		duplicated(everything),
		swapped(everything),
		stale('replayed', everything),
		stale('alone', everything),
		expiredStorm('event', everything),
		expiredStorm('http', everything),
		otherCertificate(),
		strangeCertificate(),
		tokenRenewal(),
		tokenExpiry(),
		loginPages(everything),
		inGzip('asked'),
		inGzip('always'),
	];
}

/** @type {readonly ((random: import('./random.mjs').Random) => Fault)[]} */
const makers = [
	random => reset(random.chance(0.5)),
	refused,
	random => stall(random.pick(['resumes', 'is reset', 'is forgotten'])),
	random => stallOne(random.pick(['workloads', 'revisions', 'pods', 'events', 'services', 'endpointslices'])),
	random => trickle(random.between(50, 2_000), random.between(5, 100)),
	random => errorStatus(random.pick(errorCodes), random.chance(0.5) ? random.between(1, 4) : undefined, someScope(random)),
	random => errorStatus(random.pick(errorCodes), random.chance(0.5) ? random.between(1, 4) : undefined, someScope(random)),
	random => truncatedList(random.pick(['anywhere', 'in a character']), random.pick(['clean', 'cut']), someScope(random)),
	random => truncatedEvent(random.pick(['anywhere', 'in a character']), random.pick(['clean', 'cut']), someScope(random)),
	random => duplicated(someScope(random)),
	random => swapped(someScope(random)),
	random => stale(random.pick(['alone', 'replayed']), someScope(random)),
	random => expiredStorm(random.pick(['event', 'http', 'both']), someScope(random)),
	otherCertificate,
	strangeCertificate,
	tokenRenewal,
	tokenExpiry,
	random => loginPages(someScope(random)),
	random => inGzip(random.pick(['always', 'asked'])),
];

/** One to three faults at once. @param {import('./random.mjs').Random} random @returns {Fault[]} */
export function someFaults(random) {
	const count = random.pick([1, 1, 2, 2, 3]);
	// Two that turn the same handle (refused and stalled) could not be taken apart.
	const chosen = new Set(Array.from({length: count}, () => random.pick(makers)));
	return [...chosen].map(make => make(random));
}
