import {constants, lstatSync, renameSync, type Stats} from 'node:fs';
import {type FileHandle, mkdir, open} from 'node:fs/promises';
import {dirname} from 'node:path';

/** A file that lines are appended to. */
export type AuditFile = {
	/** Appends a line, after those before it. Rejects with a sentence for people where it is not in the file. */
	readonly append: (line: string) => Promise<void>;
};

/** Some ten thousand actions; one older file of that size is kept beside it. */
const defaultMostBytes = 10 * 1024 * 1024;

// Never through a link that somebody has laid there, and never waiting for a pipe's reader. Windows has neither.
const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const troubles: Readonly<Record<string, string>> = {
	EACCES: 'it may not be written by this user',
	EEXIST: 'a part of its path is no directory',
	EDQUOT: 'the disk quota is used up',
	EISDIR: 'it is a directory',
	ELOOP: 'it is a symbolic link',
	ENOENT: 'its folder cannot be made',
	ENOSPC: 'no space is left on the disk',
	ENOTDIR: 'a part of its path is no directory',
	ENXIO: 'it is no file',
	EROFS: 'the disk can only be read',
};

/** The log of actions: for its owner alone (0600, a new folder 0700), each line written in one piece, so that several programs may share it. */
export function createAuditFile(path: string, mostBytes: number = defaultMostBytes): AuditFile {
	let last: Promise<void> = Promise.resolve();
	const torn = {before: false};
	return {
		append(line) {
			const own = last.then(() => appendLine(path, line, mostBytes, torn)).catch((error: unknown) => Promise.reject(failure(path, error)));
			last = own.catch(() => undefined);
			return own;
		},
	};
}

/** Where there is no place for a log: who acts is told so. */
export function missingAuditFile(why: string): AuditFile {
	return {append: () => Promise.reject(new Error(why))};
}

function failure(path: string, error: unknown): Error {
	const {code = '', message} = error as NodeJS.ErrnoException;
	return new Error(`${path}: ${troubles[code] ?? message}`, {cause: error});
}

async function appendLine(path: string, line: string, mostBytes: number, torn: {before: boolean}): Promise<void> {
	await makeFolder(dirname(path));
	let file = await openOwn(path);
	try {
		// What a full disk has cut off must not spoil the line after it.
		const bytes = Buffer.from(`${torn.before ? '\n' : ''}${line}\n`);
		const {size, ino} = await file.stat();
		if (size > 0 && size + bytes.length > mostBytes) {
			await file.close();
			putAside(path, ino);
			file = await openOwn(path);
		}
		const {bytesWritten} = await file.write(bytes);
		torn.before = bytesWritten > 0 && bytesWritten < bytes.length;
		if (bytesWritten < bytes.length) throw Object.assign(new Error('it was written in part only'), {code: 'ENOSPC'});
	} finally {
		await file.close();
	}
}

/**
 * Folder by folder: Node's own recursion never ends where a folder is there in which nothing can be made and the system says that it is not there (proc, some
 * automounters).
 */
async function makeFolder(path: string): Promise<void> {
	const make = () =>
		mkdir(path, {mode: 0o700}).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST' && error.code !== 'EISDIR') throw error;
		});
	try {
		await make();
	} catch (error) {
		const above = dirname(path);
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
		await makeFolder(above);
		await make();
	}
}

/** Unless another program has just done it: then the file that stands there is a new one, or none yet. Synchronous: nobody comes between looking and doing. */
function putAside(path: string, ino: number): void {
	if (lstatSync(path, {throwIfNoEntry: false})?.ino === ino) renameSync(path, `${path}.1`);
}

async function openOwn(path: string): Promise<FileHandle> {
	const file = await open(path, flags, 0o600);
	try {
		const stats = await file.stat();
		const problem = problemOf(stats);
		if (problem !== undefined) throw new Error(problem);
		if ((stats.mode & 0o077) !== 0) await file.chmod(0o600);
		return file;
	} catch (error) {
		await file.close();
		throw error;
	}
}

/** Why a file is none of ours: another user reads it, or it is another file by a second name. */
function problemOf(stats: Stats): string | undefined {
	const uid = process.getuid?.();
	if (!stats.isFile()) return 'it is no file';
	if (uid !== undefined && stats.uid !== uid) return 'it belongs to another user';
	return stats.nlink > 1 ? 'it has a second name (a hard link)' : undefined;
}
