import {chmodSync, existsSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createAuditFile} from '../../src/app/audit/audit-file.ts';
import {temporaryDirectory} from '../cluster-io/harness/kubeconfig.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the log of actions', () => {
	it('is made for its owner alone, with its folder', async () => {
		const folder = join(temporaryDirectory(), 'state/rollwatch');
		await createAuditFile(join(folder, 'audit.log')).append('{"a":1}');
		expect(readFileSync(join(folder, 'audit.log'), 'utf8')).toBe('{"a":1}\n');
		expect([modeOf(folder), modeOf(join(folder, 'audit.log'))]).toEqual([0o700, 0o600]);
	});

	it('keeps the order, is appended to, and is closed to others where it was open', async () => {
		const path = join(temporaryDirectory(), 'audit.log');
		writeFileSync(path, 'before\n');
		chmodSync(path, 0o644);
		const file = createAuditFile(path);
		await Promise.all(['1', '2', '3'].map(file.append));
		expect(readFileSync(path, 'utf8')).toBe('before\n1\n2\n3\n');
		expect(modeOf(path)).toBe(0o600);
	});

	it('takes whole lines from several programs at once', async () => {
		const path = join(temporaryDirectory(), 'audit.log');
		const files = Array.from({length: 8}, () => createAuditFile(path));
		const line = (writer: number, index: number) => JSON.stringify({writer, index, text: 'x'.repeat(5000)});
		await Promise.all(files.flatMap((file, writer) => Array.from({length: 20}, (_, index) => file.append(line(writer, index)))));
		const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
		expect(new Set(lines).size).toBe(160);
		expect(lines.every(one => JSON.parse(one).text.length === 5000)).toBe(true);
	});

	it('never grows beyond its size: one older file is kept', async () => {
		const path = join(temporaryDirectory(), 'audit.log');
		const file = createAuditFile(path, 100);
		for (let index = 0; index < 30; index++) await file.append(`line ${String(index).padStart(3, '0')}`);
		const [older, newer] = [readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')];
		expect(Math.max(older.length, newer.length)).toBeLessThanOrEqual(100);
		expect(`${older}${newer}`.trimEnd().split('\n').at(-1)).toBe('line 029');
		expect(`${older}${newer}`.trimEnd().split('\n').length).toBeGreaterThan(11);
		expect(modeOf(`${path}.1`)).toBe(0o600);
	});

	it('never loses what another program has just put aside', async () => {
		const path = join(temporaryDirectory(), 'audit.log');
		const files = [createAuditFile(path, 200), createAuditFile(path, 200)];
		for (let index = 0; index < 40; index++) await Promise.all(files.map((file, writer) => file.append(`${writer} ${index}`)));
		const kept = `${readFileSync(`${path}.1`, 'utf8')}${readFileSync(path, 'utf8')}`.trimEnd().split('\n');
		// However they overtake each other, the newest lines are there.
		expect(kept.slice(-2).toSorted()).toEqual(['0 39', '1 39']);
	});

	it('does not follow a link that somebody has laid there', async () => {
		const folder = temporaryDirectory();
		writeFileSync(join(folder, 'victim'), 'mine\n');
		symlinkSync(join(folder, 'victim'), join(folder, 'audit.log'));
		await expect(createAuditFile(join(folder, 'audit.log')).append('x')).rejects.toThrow('audit.log: it is a symbolic link');
		symlinkSync(join(folder, 'nothing'), join(folder, 'dangling.log'));
		await expect(createAuditFile(join(folder, 'dangling.log')).append('x')).rejects.toThrow('it is a symbolic link');
		linkSync(join(folder, 'victim'), join(folder, 'second.log'));
		await expect(createAuditFile(join(folder, 'second.log')).append('x')).rejects.toThrow('it has a second name');
		expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine\n');
		expect(existsSync(join(folder, 'nothing'))).toBe(false);
	});

	it.each([
		['a directory', (path: string) => mkdirSync(path), 'it is a directory'],
		['a file in its way', (path: string) => writeFileSync(join(path, '..'), ''), 'a part of its path is no directory'],
	])('says what is wrong where it can’t be written: %s', async (_what, prepare, message) => {
		const folder = temporaryDirectory();
		const path = join(folder, 'sub', 'audit.log');
		if (_what === 'a directory') mkdirSync(join(folder, 'sub'));
		prepare(path);
		await expect(createAuditFile(path).append('x')).rejects.toThrow(message);
	});

	it.runIf(existsSync('/proc/self'))('says so where no folder can be made, and does not try for ever', async () => {
		await expect(createAuditFile('/proc/self/state/rollwatch/audit.log').append('x')).rejects.toThrow('its folder cannot be made');
	});

	it.runIf(existsSync('/dev/full'))('does not take a device for a file', async () => {
		await expect(createAuditFile('/dev/full').append('x')).rejects.toThrow('/dev/full: it is no file');
	});
});
