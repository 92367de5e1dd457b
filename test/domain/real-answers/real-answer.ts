import type {PodDirectory} from '../../../src/domain/pod-directory.ts';
import {directoryOf} from '../answers.ts';

/** An answer as a program or server really gives it, and what must be read from it. */
export type RealAnswer = {
	readonly what: string;
	/** Default 200. */
	readonly status?: number;
	/** As they go over the wire; `Content-Length` is added unless `Transfer-Encoding` is here or the body is a stream. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Several: sent one by one as chunks, and the connection stays open after them. */
	readonly body?: string | Buffer | readonly string[];
	/** Default: nothing is known of the cluster. */
	readonly cluster?: PodDirectory;
	/** As `--version-from` takes it. Default `auto`. */
	readonly rule?: string;
	/** `VERSION (RULE) [from POD]`, `nothing (STATUS) [from POD]` or `REASON: DETAIL [from POD]`. */
	readonly reads: string;
};

type More = Omit<RealAnswer, 'what' | 'body' | 'reads'>;

function typed(type: string) {
	return (what: string, body: string | Buffer, reads: string, {headers, ...more}: More = {}): RealAnswer => ({
		what,
		body,
		reads,
		...more,
		headers: {'Content-Type': type, ...headers},
	});
}

export const plain = typed('text/plain; charset=utf-8');
export const html = typed('text/html; charset=utf-8');
export const xml = typed('application/xml');

/** A JSON answer of this object. */
export function json(what: string, body: object, reads: string, more: More = {}): RealAnswer {
	return typed('application/json')(what, JSON.stringify(body), reads, more);
}

/** The usual page around a title and what is seen of it. */
export function page(title: string, visible: string, head = ''): string {
	return `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n${head}<title>${title}</title>\n</head>\n<body>\n${visible}\n</body>\n</html>\n`;
}

/** A workload of one pod per revision. */
export function shop(...images: readonly string[]): PodDirectory {
	const revisions = Object.fromEntries(images.map((image, index) => [index + 1, image]));
	const pods = images.map((_, index) => [`shop-6b8f7c9d${index}-x2x7${'bcdf'[index]}`, [`10.244.1.${20 + index}`, index + 1]] as const);
	return directoryOf(revisions, Object.fromEntries(pods));
}
