import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {JsonObject} from '../../src/domain/json.ts';
import {mask, maskNamed, maskStated, maskText} from '../../src/domain/mask-text.ts';
import {maskedPair} from '../../src/domain/mask-values.ts';
import type {Template} from '../../src/domain/template.ts';
import {templateChanges} from '../../src/domain/template-changes.ts';

const canary = 'cAnArY7Qz9Lw2Xv5Rt8Kp1';

function of(container: JsonObject, metadata: JsonObject = {}): Template {
	return {raw: {metadata, spec: {containers: [{name: 'app', ...container}]}}, images: [], labels: {}};
}

function env(name: string, value: string): Template {
	return of({env: [{name, value}]});
}

describe('a value under a name', () => {
	it.each([
		'PASSWORD',
		'DB_PASSWD',
		'dbPassword',
		'SECRET',
		'CLIENT_SECRET_2',
		'GITHUB_TOKEN',
		'authtoken',
		'API_KEY',
		'APIKEY',
		'STRIPE_KEY',
		'PRIVATE_PEM',
		'CREDENTIALS',
		'BASIC_AUTH',
		'SENTRY_DSN',
		'DB_CONNECTION_STRING',
		'AZURE_CONN_STR',
		'JWT',
		'DB_PWD',
		'SLACK_WEBHOOK',
	])('is masked whatever it is: %s', name => expect(maskNamed(name, 'x1')).toBe(mask));

	it.each<[reason: string, name: string, value: string]>([
		['an author is no auth', 'AUTHOR', 'marko'],
		['a tokenizer is no token', 'TOKENIZER', 'bert'],
		['where the secret lies is none', 'TOKEN_FILE', '/run/secrets/token'],
		['how long it lives is none', 'TOKEN_TTL', '3600'],
		['a switch tells nothing', 'AUTH_ENABLED', 'true'],
		['empty tells that it is empty', 'PASSWORD', ''],
		['where one signs in is none', 'AUTH_URL', 'https://auth.example.com/login'],
		['the working directory', 'PWD', '/app'],
		['a level', 'LEVEL', 'debug'],
		['a name in the cluster', 'UPSTREAM', 'web-v2.prod.svc.cluster.local:8080'],
		['a commit is random, but public', 'GIT_COMMIT', '0123456789abcdef0123456789abcdef01234567'],
		['the digest of an image', 'SIDECAR', 'app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
	])('stays: %s', (_reason, name, value) => expect(maskNamed(name, value)).toBe(value));

	it('is masked under a name of where it lies when it lies there itself', () => expect(maskNamed('TOKEN_FILE', 'Hunter2!')).toBe(mask));
});

describe('a text', () => {
	it.each<[reason: string, text: string, shown: string]>([
		['a flag with =', 'run --password=hunter2 --level=debug', `run --password=${mask} --level=debug`],
		['a flag and the next word', 'run --token hunter2 --level debug', `run --token ${mask} --level debug`],
		['quotes to their end', 'PASSWORD="one two" LEVEL=debug', `PASSWORD=${mask} LEVEL=debug`],
		['a quote that never ends', 'PASSWORD="one two', `PASSWORD=${mask}`],
		['inside another value', 'OPTS=-Dpassword=hunter2', `OPTS=-Dpassword=${mask}`],
		['JSON', '{"level": "debug", "password": "a b"}', `{"level": "debug", "password": ${mask}}`],
		['a URL of a database', 'postgres://web:hunter2@db:5432/web', `postgres://web:${mask}@db:5432/web`],
		['a password with a slash and an @', 'postgres://web:h@unt/er2@db/web', `postgres://web:${mask}@db/web`],
		['a Go DSN', 'web:hunter2@tcp(db:3306)/web', `web:${mask}@tcp(db:3306)/web`],
		['a header', 'curl -H "Authorization: Bearer abcdef.ghijkl"', `curl -H "Authorization: ${mask}`],
		['a user of curl', 'curl -u web:hunter2 http://a', `curl -u web:${mask} http://a`],
		['a JSON web token', `x eyJhbGciOiJIUzI1NiJ9.${canary}.${canary} y`, `x ${mask} y`],
		['PEM, to its end', `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\nrest`, `${mask}\nrest`],
		['PEM that was cut off', `-----BEGIN RSA PRIVATE KEY-----\n${canary}`, mask],
		['a token of a known kind', 'use ghp_0123456789abcdefABCDEF0123 here', `use ${mask} here`],
		['what looks like chance', `run ${canary} now`, `run ${mask} now`],
		['a change-cause that --record wrote', 'kubectl set env deploy/web DB_PASSWORD=hunter2', `kubectl set env deploy/web DB_PASSWORD=${mask}`],
	])('is masked where it is secret: %s', (_reason, text, shown) => expect(maskText(text)).toBe(shown));

	it.each([
		'node app.js --port 8080',
		'/usr/local/bin/start-application-server-2',
		'kubectl apply --filename=app.yaml',
		'sleep 3600 && wget http://web:8080/a',
	])('stays: %s', text => expect(maskText(text)).toBe(text));

	it('stays as it is when it is masked once more: a value that looked like one more flag', () => {
		const once = maskText(`--password --password${canary}://`);
		expect(once).toBe(`--password ${mask}`);
		expect(maskText(once)).toBe(once);
	});

	it('stays as it is when it is masked once more', () => {
		const word = fc.constantFrom(
			'--password',
			'=',
			' ',
			'"',
			"'",
			'token',
			':',
			'x1',
			'://',
			'@',
			'bearer',
			canary,
			'eyJhbGciOiJI.',
			'-----BEGIN X-----',
			mask,
		);
		fc.assert(
			fc.property(fc.array(word, {maxLength: 12}), words => {
				const once = maskText(words.join(''));
				expect(once).not.toContain(canary);
				expect(maskStated(once)).toBe(once);
				expect(maskText(once)).toBe(once);
			}),
			{numRuns: 2000},
		);
	});
});

describe('the changes of a template', () => {
	it.each<[reason: string, from: Template, to: Template, changes: ReturnType<typeof templateChanges>]>([
		[
			'two secrets that differ',
			env('PASSWORD', 'a1'),
			env('PASSWORD', 'b1'),
			[{path: 'spec.containers[app].env[PASSWORD]', from: mask, to: `${mask} (differs)`}],
		],
		['a secret that comes', of({}), env('PASSWORD', 'b1'), [{path: 'spec.containers[app].env[PASSWORD]', from: undefined, to: mask}]],
		[
			'a header of a probe',
			of({readinessProbe: {httpGet: {httpHeaders: [{name: 'Authorization', value: 'a'}]}}}),
			of({readinessProbe: {httpGet: {httpHeaders: [{name: 'Authorization', value: 'b'}]}}}),
			[{path: 'spec.containers[app].readinessProbe.httpGet.httpHeaders[Authorization]', from: mask, to: `${mask} (differs)`}],
		],
		[
			'an argument',
			of({args: ['--password=a']}),
			of({args: ['--password=b']}),
			[{path: 'spec.containers[app].args[0]', from: `--password=${mask}`, to: `--password=${mask} (differs)`}],
		],
		[
			'the word behind a flag',
			of({args: ['--token', 'a']}),
			of({args: ['--token', 'b']}),
			[{path: 'spec.containers[app].args[1]', from: mask, to: `${mask} (differs)`}],
		],
		[
			'what was applied last, which holds it all',
			of({}, {annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"a":1}'}}),
			of({}, {annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"a":2}'}}),
			[{path: 'metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]', from: mask, to: `${mask} (differs)`}],
		],
		[
			'a checksum is no secret',
			of({}, {annotations: {'checksum/config': 'a1'.repeat(32)}}),
			of({}, {annotations: {'checksum/config': 'b2'.repeat(32)}}),
			[{path: 'metadata.annotations[checksum/config]', from: 'a1'.repeat(32), to: 'b2'.repeat(32)}],
		],
		[
			'the name of a Secret is none',
			of({envFrom: [{secretRef: {name: 'web-token'}}]}),
			of({envFrom: [{secretRef: {name: 'web-secret'}}]}),
			[{path: 'spec.containers[app].envFrom[0].secretRef.name', from: 'web-token', to: 'web-secret'}],
		],
	])('%s', (_reason, from, to, changes) => expect(templateChanges(from, to)).toEqual(changes));

	it('hold no secret of a container that comes as a whole', () => {
		const to: Template = {raw: {spec: {containers: [{name: 'app'}, {name: 'side', env: [{name: 'PASSWORD', value: canary}]}]}}, images: [], labels: {}};
		const text = JSON.stringify(templateChanges(of({}), to));
		expect(text).toContain('side');
		expect(text).not.toContain(canary);
	});

	it('are shown as they are where that is asked for', () => {
		expect(templateChanges(env('PASSWORD', 'a1'), env('PASSWORD', 'b1'), {showValues: true})[0]).toMatchObject({from: 'a1', to: 'b1'});
	});

	it('never move, reorder or lose a field: only texts are others', () => {
		const text = fc.constantFrom('a', 'b', canary, '--password', `--token=${canary}`, 'http://a:b@c');
		const container = fc.record({
			args: fc.array(text, {maxLength: 3}),
			env: fc.uniqueArray(fc.record({name: fc.constantFrom('PASSWORD', 'LEVEL', 'X'), value: text}), {selector: one => one.name}),
			image: text,
		});
		fc.assert(
			fc.property(container, container, (left, right) => {
				const [from, to] = maskedPair(of(left).raw, of(right).raw);
				const shape = (value: unknown) => JSON.stringify(value, (_key, field) => (typeof field === 'string' ? '' : field));
				expect(shape(from)).toBe(shape(of(left).raw));
				expect(shape(to)).toBe(shape(of(right).raw));
				expect(templateChanges(of(left), of(right)).length === 0).toBe(JSON.stringify(left) === JSON.stringify(right));
			}),
			{numRuns: 1000},
		);
	});
});
