/**
 * Why a request brought no version. `proxy-503` is the API server's own answer (no endpoints, pod refused), told apart from the application's; with
 * `proxy-unreachable` it was not even connected to.
 */
export type FailureReason =
	| 'refused'
	| 'reset'
	| 'timeout'
	| 'dns'
	| 'tls'
	| 'unreachable'
	| 'proxy-503'
	| 'proxy-forbidden'
	| 'proxy-unreachable'
	| 'proxy-error'
	| `http-${number}`
	| 'other';

/** Which rule read the version out of an answer; the panel says it. */
export type RuleName = 'header' | 'body' | 'json' | 'title' | 'pod' | 'auto:word' | 'auto:header' | 'auto:pod' | 'auto:title' | 'auto:body';

export type Outcome =
	| {readonly kind: 'version'; readonly version: string; readonly rule: RuleName}
	/** Answered well, but the given rule found nothing in it. */
	| {readonly kind: 'unrecognised'; readonly status: number}
	/** `detail` is for people: the system's word, or the start of the body, sanitised. */
	| {readonly kind: 'failure'; readonly reason: FailureReason; readonly detail: string};

/** One request of the sampler. */
export type Sample = {
	/** Epoch ms when it was sent. */
	readonly at: number;
	readonly latencyMs: number;
	readonly outcome: Outcome;
	/** Pod that answered, where the answer tells. */
	readonly podName: string | undefined;
	/**
	 * uid of the ReplicaSet that owns that pod, or of the only one whose image tag is the version. Not its revision: several Deployments behind one
	 * Service have equal numbers, and an undo gives a ReplicaSet a new one.
	 */
	readonly ownerUid: string | undefined;
};

/** What an HTTP request brought back: what version rules read. Header names in lower case; the body cut at a limit. */
export type Answer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** There was more of the body than what is kept. */
	readonly truncated: boolean;
	/** Of a body that was cut off: ms until its first byte. When all of it would have been there, nobody knows. */
	readonly firstByteMs?: number;
};

/** What a probe gives: an answer, or why there is none. */
export type ProbeResult =
	| {readonly kind: 'answer'; readonly at: number; readonly latencyMs: number; readonly answer: Answer}
	| {
			readonly kind: 'failure';
			readonly at: number;
			readonly latencyMs: number;
			readonly reason: FailureReason;
			readonly detail: string;
			/** The API server has too much to do (429) and asks to be left alone for so long. */
			readonly retryAfterMs?: number;
	  };
