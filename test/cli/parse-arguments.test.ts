import {describe, expect, it} from 'vitest';
import type {Options, Surroundings} from '../../src/cli/options.ts';
import {parseArguments} from '../../src/cli/parse-arguments.ts';
import {terminalTraits} from '../../src/cli/terminal-traits.ts';

const terminal: Surroundings = {env: {}, stdoutIsTerminal: true, stdinIsTerminal: true};
const pipe: Surroundings = {env: {}, stdoutIsTerminal: false, stdinIsTerminal: true};

function run(words: string, surroundings = terminal): Options {
	const parsed = parseArguments(words.split(' ').filter(Boolean), '1.2.3', surroundings);
	if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed));
	return parsed.options;
}

function usage(words: readonly string[], surroundings = terminal): string {
	const parsed = parseArguments(words, '1.2.3', surroundings);
	if (parsed.kind !== 'usage') throw new Error(`expected a usage error, got ${JSON.stringify(parsed)}`);
	return parsed.message;
}

describe('what is watched', () => {
	it.each([
		['deploy/kubia', 'kubia', 'the short type'],
		['deployments.apps/kubia', 'kubia', 'the full type'],
		['deployment kubia', 'kubia', 'type and name as two words'],
		['kubia', 'kubia', 'a bare name is a Deployment'],
	])('%s is the Deployment %s: %s', (words, name) => {
		expect(run(words)).toMatchObject({mode: 'screen', kind: 'Deployment', name});
	});

	it.each(['svc/shop', 'service/shop', 'services shop', 'SVC/shop'])('%s is the Service with all that stands behind it', words => {
		expect(run(words)).toMatchObject({mode: 'screen', kind: 'Service', name: 'shop'});
	});

	it.each([
		['sts/x', 'StatefulSet'],
		['statefulsets.v1.apps x', 'StatefulSet'],
		['ds/x', 'DaemonSet'],
		['rollout/x', 'ArgoRollout'],
		['rollouts.argoproj.io/x', 'ArgoRollout'],
		['rollouts.kruise.io/x', 'KruiseRollout'],
		['rollouts.rollouts.kruise.io/x', 'KruiseRollout'],
		['app/x', 'Application'],
		['applications.core.oam.dev x', 'Application'],
	])('%s is a %s', (words, kind) => expect(run(words)).toMatchObject({kind, name: 'x'}));

	const everyKind = ['Deployment', 'StatefulSet', 'DaemonSet', 'ArgoRollout'];
	const all = {kind: 'matching', kinds: everyKind, labelSelector: undefined, allNamespaces: false};

	it.each([
		['', all, 'nothing is everything of the namespace'],
		['--all', all, 'said'],
		['-A', {...all, allNamespaces: true}, 'in all namespaces'],
		['-l app=shop', {...all, labelSelector: 'app=shop'}, 'by labels'],
		['deploy', {...all, kinds: ['Deployment']}, 'of a kind'],
		['sts,ds -l app=shop -A', {kind: 'matching', kinds: ['StatefulSet', 'DaemonSet'], labelSelector: 'app=shop', allNamespaces: true}, 'of kinds'],
		[
			'deploy/a sts/b deploy/a',
			{
				kind: 'named',
				workloads: [
					{kind: 'Deployment', name: 'a'},
					{kind: 'StatefulSet', name: 'b'},
				],
			},
			'by name, each once',
		],
		[
			'ds a b',
			{
				kind: 'named',
				workloads: [
					{kind: 'DaemonSet', name: 'a'},
					{kind: 'DaemonSet', name: 'b'},
				],
			},
			'several of a kind',
		],
	] as readonly (readonly [string, object, string])[])('%j are several workloads: %j, %s', (words, many) => {
		const options = run(words);
		expect(options).toMatchObject({mode: 'screen', many});
		expect(options.name).toBeUndefined();
	});

	it('is one workload where the same is named twice', () => {
		expect(run('deploy/a deployments.apps/a')).toMatchObject({kind: 'Deployment', name: 'a'});
	});

	it.each([
		[['pod/x'], 'unknown kind `pod`'],
		[['deploy/a', 'b'], '`b` stands among TYPE/NAME without a type'],
		[['deploy/a', 'svc/b'], 'svc/b is watched alone'],
		[['app/a', 'deploy/b'], 'app/a is watched alone'],
		[['svc', '-l', 'a=b'], 'name the Service: svc/NAME'],
		[['deploy/a', '-l', 'a=b'], '-l finds workloads by itself: leave out deploy/a'],
		[['deploy/a', '-A'], '-A finds workloads by itself'],
		[['deploy/a', '--all'], '--all finds workloads by itself'],
		[['--all', '-l', 'a=b'], 'give one of them'],
		[['-A', '-n', 'web'], 'give one of them'],
		[['-l', ' '], '-l needs a label selector'],
		[['deploy/a', 'deploy/b', '--curl', 'svc/a'], '--curl measures what users of one workload get'],
		[['status', 'deploy/a', 'deploy/b'], 'status follows one workload'],
		[['status', '-A'], "unknown option '-A'"],
		[['deploy,gizmo'], 'unknown kind `gizmo`'],
		[['svc'], 'name the Service: svc/NAME'],
		[['svc/'], 'expected TYPE/NAME, got `svc/`'],
		[['status', 'svc/x'], 'status follows one workload'],
		[['deploy/'], 'expected TYPE/NAME, got `deploy/`'],
		[['deploy/a/b'], 'expected TYPE/NAME'],
		[['gizmo', 'a'], 'unknown kind `gizmo`'],
	])('%j is refused with a reason', (words, reason) => {
		expect(usage(words)).toContain(reason);
	});
});

describe('how it is shown', () => {
	it('is plain lines where stdout is no terminal', () => {
		expect(run('deploy/kubia', pipe).mode).toBe('plain');
	});

	it('is plain lines where no keys can come', () => {
		expect(run('deploy/kubia', {...terminal, stdinIsTerminal: false}).mode).toBe('plain');
	});

	it.each([
		[{TERM: 'dumb'}, 'plain', /^TERM=dumb .* --plain$/],
		[{TERM: ''}, 'plain', /^TERM is not set.* --plain$/],
		[{}, 'plain', /^TERM is not set/],
		[{TERM: 'xterm-256color'}, 'screen', undefined],
		[{TERM: 'vt100'}, 'screen', undefined],
	])('is what the terminal can show: %j', (env, mode, remark) => {
		const {mode: chosen, remark: said} = run('deploy/kubia', {...terminal, env, terminal: terminalTraits(env, 'linux')});
		expect(chosen).toBe(mode);
		if (remark === undefined) expect(said).toBeUndefined();
		else expect(said).toMatch(remark);
	});

	it('is on Windows, where TERM is not known, a screen', () => {
		expect(terminalTraits({}, 'win32').screenless).toBeUndefined();
	});

	it('says nothing of the terminal where lines were asked for', () => {
		const env = {TERM: 'dumb'};
		expect(run('deploy/kubia --plain', {...terminal, env, terminal: terminalTraits(env, 'linux')}).remark).toBeUndefined();
	});

	it.each([
		[{LANG: 'en_US.UTF-8'}, 'linux', false],
		[{LANG: 'C.utf8'}, 'linux', false],
		[{LC_CTYPE: 'UTF-8'}, 'darwin', false],
		[{LANG: 'C'}, 'linux', true],
		[{LANG: 'POSIX'}, 'linux', true],
		[{LANG: 'de_DE.ISO-8859-1'}, 'linux', true],
		[{}, 'linux', true],
		[{}, 'darwin', false],
		[{LC_ALL: 'C', LANG: 'en_US.UTF-8'}, 'linux', true],
		[{LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C'}, 'linux', false],
		[{LC_CTYPE: 'C', LANG: 'en_US.UTF-8'}, 'linux', true],
		[{LANG: 'en_US.UTF-8', TERM: 'linux'}, 'linux', true],
		[{WT_SESSION: 'id'}, 'win32', false],
		[{TERM_PROGRAM: 'vscode'}, 'win32', false],
		[{}, 'win32', true],
	])('is drawn with ASCII where %j on %s asks for it: %s', (env, platform, ascii) => {
		const surroundings = {...terminal, env, terminal: terminalTraits(env, platform)};
		expect(run('deploy/kubia', surroundings).ascii).toBe(ascii);
		expect(run('deploy/kubia --ascii', surroundings).ascii).toBe(true);
		expect(run('deploy/kubia --no-ascii', surroundings).ascii).toBe(false);
	});

	it('asks for a name where there is no terminal for the list', () => {
		expect(usage([], pipe)).toContain('name the workload');
		expect(usage(['deploy'], pipe)).toContain('name the workload');
		expect(run('--all', pipe).mode).toBe('plain');
	});

	it('waits for the end where that is asked for, without a screen', () => {
		expect(run('deploy/a deploy/b --until-complete --timeout 5m')).toMatchObject({mode: 'plain', until: 'complete', timeoutMs: 300_000});
		expect(run('deploy/a --until-complete')).toMatchObject({mode: 'plain', until: 'complete', name: 'a'});
		expect(run('deploy/a --plain --until paused').until).toBe('paused');
		expect(run('deploy/a --until stalled', pipe).until).toBe('stalled');
	});

	it('prints JSON only as a snapshot', () => {
		expect(run('deploy/kubia --once -o json')).toMatchObject({mode: 'once', output: 'json'});
		expect(usage(['deploy/kubia', '-o', 'json'])).toContain('--once');
		expect(usage(['deploy/kubia', '--once', '-o', 'yaml'])).toContain('yaml');
	});

	it.each([
		[{NO_COLOR: '1'}, '', false],
		[{NO_COLOR: ''}, '', true],
		[{TERM: 'dumb'}, '', false],
		[{}, '--no-color', false],
		[{}, '', true],
	])('with %j and %j colours are %s', (env, flag, color) => {
		expect(run(`deploy/kubia ${flag}`, {...terminal, env}).color).toBe(color);
	});
});

describe("the curl loop's options", () => {
	it('has defaults that hurt nobody', () => {
		expect(run('deploy/kubia').sampler).toEqual({
			targets: [],
			headers: [],
			head: false,
			intervalMs: 1000,
			burst: 1,
			timeoutMs: 5000,
			keepAlive: false,
			tls: {insecure: false, authorityFile: undefined, serverName: undefined},
			connectTo: [],
			http2: false,
			proxyFromEnvironment: false,
			cookies: false,
			pathsFile: undefined,
			fromCluster: {asked: false, image: undefined, namespace: undefined},
			versionFrom: 'auto',
			windowSeconds: 60,
			samples: 10,
		});
	});

	it('takes several headers, colons in the value too', () => {
		const parsed = parseArguments(['x', '-H', 'Host: shop.example', '-H', 'X-At: 10:30'], '1', terminal);
		expect(parsed).toMatchObject({
			kind: 'run',
			options: {
				sampler: {
					headers: [
						{name: 'Host', value: 'shop.example'},
						{name: 'X-At', value: '10:30'},
					],
				},
			},
		});
	});

	it.each(['no colon', ': empty', 'Bad Name: x', 'X-Smuggled: a\r\nCookie: b'])('refuses the header %j, and does not tell it: it may be a token', text => {
		expect(usage(['x', '-H', text])).toBe("option '-H, --header <header>': expected 'Name: value'");
	});

	it('takes several targets in their order', () => {
		expect(run('x --curl svc/a --curl http://10.0.0.5/ --curl pods').sampler.targets).toEqual(['svc/a', 'http://10.0.0.5/', 'pods']);
		expect(usage(['x', ...Array(9).fill('--curl=svc/a')])).toBe('--curl may be given 8 times at most, got 9');
	});

	it('takes a rate instead of an interval, but not both', () => {
		expect(run('x --rate 4').sampler.intervalMs).toBe(250);
		expect(run('x --rate 0.1').sampler.intervalMs).toBe(10_000);
		expect(usage(['x', '--rate', '4', '--interval', '1s'])).toContain('give one');
	});

	it('takes how to connect', () => {
		const text = '-k --sni shop.example --connect-to 10.0.0.5:8443 --connect-to a:80:b:81 --http2 --cookies --burst 50 --paths p.txt';
		expect(run(`x ${text}`).sampler).toMatchObject({
			tls: {insecure: true, authorityFile: undefined, serverName: 'shop.example'},
			connectTo: [
				{fromHost: undefined, fromPort: undefined, host: '10.0.0.5', port: 8443},
				{fromHost: 'a', fromPort: 80, host: 'b', port: 81},
			],
			http2: true,
			cookies: true,
			burst: 50,
			pathsFile: 'p.txt',
		});
		expect(run('x --cacert ca.pem').sampler.tls.authorityFile).toBe('ca.pem');
		expect(usage(['x', '-k', '--cacert', 'ca.pem'])).toContain('give one');
		expect(run('x --proxy-from-env').sampler.proxyFromEnvironment).toBe(true);
		expect(usage(['x', '--proxy-from-env', '--http2'])).toContain('leave out --proxy-from-env');
		expect(usage(['x', '--proxy-from-env', '--connect-to', 'a'])).toContain('give one');
	});

	it('takes the pod that asks from inside', () => {
		expect(run('x --curl-from-cluster --curl-image busybox:1.36 --curl-namespace tools').sampler.fromCluster).toEqual({
			asked: true,
			image: 'busybox:1.36',
			namespace: 'tools',
		});
	});

	it.each([
		['--interval', '0'],
		['--interval', 'soon'],
		['--interval', '-1s'],
		['--samples', '0'],
		['--rate', '0'],
		['--rate', '0.09'],
		['--rate', '201'],
		['--rate', '-1'],
		['--rate', '1e2'],
		['--burst', '0'],
		['--burst', '51'],
		['--burst', '1.5'],
		['--sni', '10.0.0.5'],
		['--sni', 'a b'],
		['--connect-to', 'http://a'],
		['--timeout', '1d'],
	])('refuses %s %s', (flag, value) => {
		expect(usage(['x', flag, value])).toContain(flag);
	});
});

describe('status', () => {
	it("takes kubectl's flags", () => {
		expect(run('status deploy/kubia --timeout 1m30s --revision 3 -n web --no-watch')).toMatchObject({
			mode: 'status',
			name: 'kubia',
			timeoutMs: 90_000,
			cluster: {namespace: 'web'},
			status: {revision: 3, watch: false},
		});
	});

	it('needs a name', () => {
		expect(usage(['status'])).toContain("'workload'");
		expect(usage(['status', 'deploy'])).toContain('name the workload');
	});
});

describe('help', () => {
	it('tells the exit codes and never runs anything', () => {
		const parsed = parseArguments(['--help'], '1.2.3', terminal);
		expect(parsed).toMatchObject({kind: 'print', text: expect.stringContaining('Exit codes:')});
	});

	it('prints the version', () => {
		expect(parseArguments(['--version'], '1.2.3', terminal)).toEqual({kind: 'print', text: '1.2.3\n'});
	});

	it('suggests the flag that was meant', () => {
		expect(usage(['x', '--namespce', 'a'])).toContain('--namespace');
	});
});

describe('a demo', () => {
	function demo(words: string, surroundings = terminal) {
		const parsed = parseArguments(words.split(' '), '1.2.3', surroundings);
		if (parsed.kind !== 'demo') throw new Error(JSON.stringify(parsed));
		return parsed.options;
	}

	it('opens the screen on the default scenario', () => {
		expect(demo('demo')).toMatchObject({scenario: undefined, list: false, ui: true, speed: 1, watch: {mode: 'screen'}});
	});

	it('takes a scenario, a speed, and the flags of the face that is on it', () => {
		const options = demo('demo quota --speed 10 --plain --until stalled --interval 200ms --ascii');
		expect(options).toMatchObject({scenario: 'quota', speed: 10, watch: {mode: 'plain', until: 'stalled', ascii: true, sampler: {intervalMs: 200}}});
		expect(demo('demo --once -o json').watch).toMatchObject({mode: 'once', output: 'json'});
		expect(demo('demo --no-ui', pipe).ui).toBe(false);
		expect(demo('demo --list').list).toBe(true);
	});

	it.each([
		[['demo', '--until', 'paused'], '--until needs --plain'],
		[['x', '--until', 'paused'], '--until needs --plain'],
		[['x', '--until-complete', '--until', 'paused'], 'name two ends'],
		[['x', '--until-complete', '--once'], '--once does not'],
		[['demo', '--until', 'over', '--plain'], 'Allowed choices'],
		[['demo', '-o', 'json'], '-o json needs --once'],
		[['demo', '--speed', '0'], 'a factor from 0.1 to 100'],
		[['demo', '--speed', '1e9'], 'a factor from 0.1 to 100'],
		[['demo', 'kubia', 'nginx'], 'too many arguments'],
	])('%j is refused with a reason', (words, reason) => {
		expect(usage(words)).toContain(reason);
	});

	it('does not hide a Deployment of that name', () => {
		expect(run('deploy/demo').name).toBe('demo');
	});
});
