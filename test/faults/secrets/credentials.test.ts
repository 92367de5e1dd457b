import {chmodSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {answerStatus, type Handler, startApiServer} from '../../cluster-io/harness/api-server.ts';
import {base64, pem, tlsServer} from '../../cluster-io/harness/certificates.ts';
import {cleanup} from '../../cluster-io/harness/cleanup.ts';
import {kubeconfigText, writeFile} from '../../cluster-io/harness/kubeconfig.ts';
import {type Canary, canary} from './canaries.ts';
import {expectNone, isThorough, writtenBy} from './run-watched.ts';

/** A way to come in, with its secrets. */
type Way = {readonly user: object; readonly canaries: readonly Canary[]};

/** The body of a key: what it would be worth something without. */
function keyCanary(place: string, text: string): Canary {
	return {place, value: text.split('\n').slice(2, 4).join('')};
}

function plugin(name: string, lines: readonly string[]): string {
	const path = writeFile(name, ['#!/bin/sh', ...lines, ''].join('\n'));
	chmodSync(path, 0o755);
	return path;
}

const ways: Readonly<Record<string, () => Way>> = {
	token() {
		const token = canary('token');
		return {user: {token: token.value}, canaries: [token]};
	},
	'token file'() {
		const token = canary('token file');
		return {user: {tokenFile: writeFile('token', `${token.value}\n`)}, canaries: [token]};
	},
	'token that no header can have'() {
		const token = canary('token in two lines');
		return {user: {token: `${token.value}\nx`}, canaries: [token]};
	},
	password() {
		const password = canary('password');
		return {user: {username: 'someone', password: password.value}, canaries: [password]};
	},
	'client key'() {
		const key = pem('client-key');
		return {user: {'client-certificate-data': base64(pem('client')), 'client-key-data': base64(key)}, canaries: [keyCanary('client key', key)]};
	},
	'client key that is broken'() {
		const key = canary('broken client key');
		return {
			user: {
				'client-certificate-data': base64(pem('client')),
				'client-key-data': base64(`-----BEGIN PRIVATE KEY-----\n${key.value}\n-----END PRIVATE KEY-----\n`),
			},
			canaries: [key],
		};
	},
	plugin() {
		const [token, env, arg] = [canary('plugin’s token'), canary('plugin’s environment'), canary('plugin’s argument')];
		const credential = JSON.stringify({apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: {token: token.value}});
		const command = plugin('login', [`cat <<'END'\n${credential}\nEND`, 'echo "using $CLIENT_SECRET, $*" >&2']);
		return {user: exec(command, env, arg), canaries: [token, env, arg]};
	},
	'plugin that fails'() {
		const [token, env, arg, jwt] = [canary('plugin’s token'), canary('plugin’s environment'), canary('plugin’s argument'), canary('plugin’s web token')];
		const lines = [`echo '{"status":{"token":"${token.value}"}}'`, `echo "denied: client $CLIENT_SECRET, args $*" >&2`];
		const command = plugin('login', [...lines, `echo "got access_token=${token.value} and Bearer eyJhbGciOiJIUzI1NiJ9.${jwt.value}.x" >&2`, 'exit 3']);
		return {user: exec(command, env, arg), canaries: [token, env, arg, jwt]};
	},
	'plugin that prints no credential'() {
		const [token, env, arg] = [canary('plugin’s token'), canary('plugin’s environment'), canary('plugin’s argument')];
		return {user: exec(plugin('login', [`echo 'token: ${token.value}'`]), env, arg), canaries: [token, env, arg]};
	},
	'plugin that is not there'() {
		const [env, arg] = [canary('plugin’s environment'), canary('plugin’s argument')];
		return {user: exec('/nonexistent/login', env, arg), canaries: [env, arg]};
	},
};

function exec(command: string, env: Canary, arg: Canary): object {
	return {
		exec: {
			apiVersion: 'client.authentication.k8s.io/v1',
			command,
			args: ['get-token', '--client-secret', arg.value],
			env: [{name: 'CLIENT_SECRET', value: env.value}],
			interactiveMode: 'Never',
		},
	};
}

/** What stands at the other end, and where it is. */
type Place = {readonly server: string; readonly cluster?: object};

async function answering(handler: Handler, isSecure = true): Promise<Place> {
	const server = await startApiServer(handler, isSecure ? tlsServer() : undefined);
	cleanup(() => server.close());
	return {server: server.url, cluster: {'certificate-authority-data': base64(pem('ca'))}};
}

const places: Readonly<Record<string, () => Promise<Place>>> = {
	'nobody listens': async () => ({server: 'https://127.0.0.1:1'}),
	'an unknown authority': async () => ({server: (await answering((_, response) => response.end())).server}),
	'no TLS': async () => ({server: (await answering((_, response) => response.end(), false)).server.replace('http:', 'https:')}),
	'401': () => answering((_, response) => answerStatus(response, 401, 'Unauthorized', 'Unauthorized')),
	'403': () => answering((_, response) => answerStatus(response, 403, 'Forbidden', 'deployments.apps "shop" is forbidden')),
	'an answer that repeats what it got': () =>
		answering(({headers}, response) => answerStatus(response, 500, 'InternalError', `what is this: ${JSON.stringify(headers)} ${headers.authorization ?? ''}`)),
	'a page that repeats what it got': () =>
		answering(({headers}, response) => {
			response.writeHead(200, {'content-type': 'text/html', location: `/?${headers.authorization}`}).end(`<html>${JSON.stringify(headers)}`);
		}),
	'a redirect that repeats what it got': () =>
		answering(({headers}, response) => {
			response.writeHead(302, {location: `https://login.example/?token=${encodeURIComponent(headers.authorization ?? '')}`}).end();
		}),
};

const modes: Readonly<Record<string, readonly string[]>> = {
	plain: ['deploy/shop', '--plain', '--timeout', '1s'],
	once: ['deploy/shop', '--once', '-o', 'json'],
	status: ['status', 'deploy/shop', '--timeout', '1s'],
	list: ['--all', '--once'],
};

type Case = {readonly place: string; readonly way: string; readonly mode: string};

const repeating = 'an answer that repeats what it got';

/** Each way, place and mode once, and each way with what repeats it; all of them where that is asked for. */
function cases(): readonly Case[] {
	const [ofPlace, ofWay, ofMode] = [places, ways, modes].map(Object.keys) as [string[], string[], string[]];
	if (isThorough) return ofPlace.flatMap(place => ofWay.flatMap(way => ofMode.map(mode => ({place, way, mode}))));
	const turn = (all: readonly string[], index: number) => all[index % all.length] ?? '';
	const once = ofWay.map((way, index) => ({place: turn(ofPlace, index), way, mode: turn(ofMode, index)}));
	const repeated = ['token', 'password', 'plugin'].map((way, index) => ({place: repeating, way, mode: turn(ofMode, index)}));
	return [...once, ...repeated];
}

describe('credentials are in nothing that is written', () => {
	test.each(cases())('$way; $place ($mode)', async ({place, way, mode}) => {
		const [{server, cluster = {}} = {server: ''}, {user, canaries} = {user: {}, canaries: []}] = [await places[place]?.(), ways[way]?.()];
		const KUBECONFIG = writeFile('config', kubeconfigText(server, {user, cluster, context: {namespace: 'web'}}));
		const written = await writtenBy(modes[mode] ?? [], {KUBECONFIG});
		expect(written).toMatch(/error: |"phase"|lost|cannot/);
		expectNone(written, canaries);
	});
});
