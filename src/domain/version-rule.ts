/** How a version is read from an answer (`--version-from`). */
export type VersionRule =
	| {readonly kind: 'auto'}
	| {readonly kind: 'header'; readonly name: string}
	/** First group where there is one, else the whole match. */
	| {readonly kind: 'body'; readonly pattern: string}
	| {readonly kind: 'json'; readonly path: string}
	| {readonly kind: 'title'}
	| {readonly kind: 'pod'};
