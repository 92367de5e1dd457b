import type {ClusterConnection} from '../connect.ts';
import {Calls, type LineState} from './calls.ts';
import type {InformerPolicy} from './policy.ts';
import {feelPulse, type Pulse} from './pulse.ts';
import {silence} from './watchdog.ts';

const beatMs = 1_000;
/** A beat that is so late, or a clock that moved so much beside it, means that the machine or the program slept. */
const sleptMs = 2_000;
/** Whoever has been asked is let alone for so long. */
export const leastPauseMs = 1_000;

/** `back`: the API server is there again; `luck`: another stream has none of the trouble any more that both had. */
export type WakeReason = 'back' | 'luck';

/**
 * What the streams of one connection know together: whether the API server is there. When nothing is heard on any of them it is asked, and where no
 * answer comes all are told; when it is back all are woken.
 */
export class Link {
	readonly #connection: Pick<ClusterConnection, 'open'>;
	readonly #policy: InformerPolicy;
	readonly calls: Calls;
	readonly sleepers = new Set<(reason: WakeReason) => void>();
	#cancelBeat: (() => void) | undefined;
	#beatAt = {now: 0, uptime: 0};
	#pulse: AbortController | undefined;
	#lastPulse: Pulse = 'alive';
	#askedAt = Number.NEGATIVE_INFINITY;
	#heardAt = Number.NEGATIVE_INFINITY;
	#isTroubled = false;
	/** Nobody answered, so all were told. */
	#isDown = false;

	constructor(connection: Pick<ClusterConnection, 'open'>, policy: InformerPolicy) {
		this.#connection = connection;
		this.#policy = policy;
		this.calls = new Calls(policy.uptime);
	}

	/** Bytes came on one of the streams. */
	heard(): void {
		this.#heardAt = this.#policy.uptime();
		if (this.#isTroubled) this.#recovered();
	}

	/** One of the streams brought news. */
	changed(line: LineState): void {
		this.calls.changed(line);
	}

	/** A stream got no answer. */
	failed(): void {
		this.#isTroubled = true;
		this.keepBeating();
		if (!this.#isDown && this.#policy.uptime() - this.#askedAt >= leastPauseMs) this.#feel();
	}

	#wakeAll(reason: WakeReason): void {
		for (const wake of this.sleepers) wake(reason);
	}

	/** To be called when there is one more whom it may concern. */
	keepBeating(): void {
		if (this.#cancelBeat !== undefined || !this.#isNeeded()) return;
		this.#beatAt = {now: this.#policy.now(), uptime: this.#policy.uptime()};
		this.#cancelBeat = this.#policy.startTimer(beatMs, () => this.#beat());
	}

	/** Nothing is left behind when the last stream has gone. */
	rest(): void {
		if (this.calls.all.size + this.sleepers.size > 0) return;
		this.#cancelBeat?.();
		this.#cancelBeat = undefined;
		this.#pulse?.abort();
		this.#pulse = undefined;
	}

	/** Whom nobody has ever heard the streams' own requests look for. */
	#isAsking(): boolean {
		return this.#policy.pulseAfterMs !== Number.POSITIVE_INFINITY && this.#heardAt !== Number.NEGATIVE_INFINITY;
	}

	#isNeeded(): boolean {
		if (!this.#isAsking()) return false;
		return this.calls.all.size > 0 || (this.#isTroubled && this.sleepers.size > 0);
	}

	#beat(): void {
		this.#cancelBeat = undefined;
		const hasSlept = this.#hasSlept();
		// What was connected before a sleep may be so no more, and nobody was there to hear it end.
		if (hasSlept) this.#isTroubled = true;
		if (this.#isNeeded() && (hasSlept || this.#isDue())) this.#feel();
		if (this.calls.hasMended()) this.#wakeAll('luck');
		this.calls.suspect();
		// Only where somebody is there at all, and said so in this silence.
		if (!this.#isTroubled && this.#pulse === undefined && this.#askedAt > this.#heardAt) this.calls.suspectSilence(this.#heardAt);
		this.keepBeating();
	}

	#hasSlept(): boolean {
		const passed = this.#policy.uptime() - this.#beatAt.uptime;
		const drift = this.#policy.now() - this.#beatAt.now - passed;
		return passed > beatMs + sleptMs || Math.abs(drift) > sleptMs;
	}

	#isDue(): boolean {
		const now = this.#policy.uptime();
		if (this.#isTroubled) return now - this.#askedAt >= this.#policy.pulsePauseMs;
		return now - Math.max(this.#heardAt, this.#askedAt) >= this.#policy.pulseAfterMs;
	}

	#feel(): void {
		if (this.#pulse !== undefined || !this.#isAsking()) return;
		const own = new AbortController();
		this.#pulse = own;
		const since = this.#policy.uptime();
		void feelPulse(this.#connection, this.#policy, own.signal, this.#isDown ? 1 : 2).then(pulse => {
			// Nobody is left who wanted to know.
			if (this.#pulse !== own) return;
			this.#pulse = undefined;
			this.#askedAt = this.#policy.uptime();
			this.#felt(this.#heardAt > since ? 'alive' : pulse, since);
			this.#lastPulse = pulse;
		});
	}

	#felt(pulse: Pulse, since: number): void {
		if (pulse === 'silent') this.#tellAll(since);
		// Said by something in front of the API server; once, since some always say so while the streams are well.
		else if (pulse === 'unwell' && this.#lastPulse !== 'unwell') this.calls.prove();
		else if (this.#isTroubled) this.#recovered();
	}

	/** No answer: what every open stream says is old. */
	#tellAll(since: number): void {
		this.#isTroubled = true;
		this.#isDown = true;
		const reason = silence(this.#policy.uptime() - this.#heardAt);
		for (const call of this.calls.all) if (call.heardAt <= since) call.end(reason);
	}

	#recovered(): void {
		const wasDown = this.#isDown;
		this.#isTroubled = false;
		this.#isDown = false;
		this.calls.recovered();
		if (wasDown) this.#wakeAll('back');
	}
}

const links = new WeakMap<ClusterConnection['open'], Link>();

/** What the streams of a connection share. The policy of the first one counts. */
export function linkOf(connection: Pick<ClusterConnection, 'open'>, policy: InformerPolicy): Link {
	// By its function: whoever looks into several namespaces makes copies of one connection.
	const known = links.get(connection.open);
	if (known !== undefined) return known;
	const link = new Link(connection, policy);
	links.set(connection.open, link);
	return link;
}
