/** The command line asks for something that can't be done; the message says what and what to do. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
