/** A patch that cannot be applied. Those of a wrong form are the client's fault; the rest upstream calls its own. */
export class PatchError extends Error {
	readonly code: 400 | 500;

	constructor(message: string, code: 400 | 500 = 500) {
		super(message);
		this.code = code;
	}
}
