import {expect, it} from 'vitest';
import {createListReporter} from '../../../src/app/many/list-reporter.ts';
import {listText} from '../../../src/app/many/list-text.ts';
import {listOf, row} from './rows.ts';

process.env.TZ = 'UTC';
const at = Date.UTC(2026, 10, 21, 14, 3, 22);
const rolling = {phase: 'progressing', word: 'PROGRESSING', tone: 'change', why: '1 of 3 pods updated'} as const;

it('counts what is complete from the start, and tells each that is not', () => {
	const reporter = createListReporter();
	expect(reporter.report(listOf([row('a', rolling), row('b'), row('c')]), at)).toEqual([
		'14:03:22  3 complete',
		'14:03:22  deploy/a  PROGRESSING 1 of 3 pods updated',
	]);
	expect(reporter.report(listOf([row('a', rolling), row('b'), row('c')]), at)).toEqual([]);
	expect(reporter.report(listOf([row('a'), row('b'), row('c')]), at)).toEqual(['14:03:22  deploy/a  COMPLETE    deployment "a" successfully rolled out']);
});

it('tells of what comes and of what goes, with its namespace where there are several', () => {
	const reporter = createListReporter();
	reporter.report(listOf([row('a')], {namespace: undefined}), at);
	expect(reporter.report(listOf([row('b', rolling)], {namespace: undefined}), at)).toEqual([
		'14:03:22  web deploy/b  PROGRESSING 1 of 3 pods updated',
		'14:03:22  web deploy/a  DELETED     it was deleted, and is not waited for',
	]);
});

it('tells that the connection is lost, why, and that it is there again', () => {
	const reporter = createListReporter();
	const lost = {connection: {kind: 'lost', text: 'LOST 0s ago, retrying'}, remarks: [{tone: 'bad', text: 'deployments: LOST 0s ago: ECONNREFUSED'}]} as const;
	reporter.report(listOf([row('a')]), at);
	expect(reporter.report(listOf([row('a')], lost), at)).toEqual(['14:03:22  LOST 0s ago, retrying', '14:03:22  deployments: LOST 0s ago: ECONNREFUSED']);
	expect(reporter.report(listOf([row('a')], lost), at)).toEqual([]);
	expect(reporter.report(listOf([row('a')]), at)).toEqual(['14:03:22  LIVE']);
});

it('lets nothing through that a terminal would obey', () => {
	const bad = row('a', {...rolling, why: 'x\u001B[2Jy\nz'});
	expect(
		createListReporter()
			.report(listOf([bad]), at)
			.at(-1),
	).toBe('14:03:22  deploy/a  PROGRESSING xy z');
	expect(listText(listOf([bad]))).not.toContain('\u001B');
	expect(listText(listOf([bad])).split('\n')).toHaveLength(3);
});
