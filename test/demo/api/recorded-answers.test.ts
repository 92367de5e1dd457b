import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {expect, test} from 'vitest';
import {answersOf} from '../../cluster/api-requests/both-servers.ts';
import {inNamespace, requestTables, seen} from '../../cluster/api-requests/tables.ts';
import {startTestApi, token} from './test-api.ts';

interface Recorded {
	readonly why: string;
	readonly answer: unknown;
}

// The real API server's answers, recorded by test/cluster/embedded-api.test.ts with RECORD_API_ANSWERS=test/fixtures/api-answers.
test.each(Object.entries(requestTables))('answers the requests about %s as the real API server did', async (topic, table) => {
	const expected: readonly Recorded[] = JSON.parse(readFileSync(new URL(`../../fixtures/api-answers/${topic}.json`, import.meta.url), 'utf8'));
	const requests = inNamespace(table);
	const server = await startTestApi();
	try {
		const answers = await answersOf({url: server.url, token}, requests, `api-${topic}`);
		const actual = requests.map((request, index) => ({why: `${request.method} ${request.why}`, answer: seen(answers[index], request)}));
		expect(actual.map(({why}) => why)).toEqual(expected.map(({why}) => why));
		expect(actual.filter((each, index) => !isDeepStrictEqual(JSON.parse(JSON.stringify(each)), expected[index]))).toEqual([]);
	} finally {
		await server.close();
	}
});
