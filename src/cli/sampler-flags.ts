import {type Command, Option} from 'commander';
import {collect, connectTo, header, numberFrom, positiveDuration, serverName, wholeNumber} from './flag-values.ts';
import {samplerDefaults} from './to-sampler-options.ts';

/** The curl loop's flags, under a heading of their own in the help. */
export function addSamplerOptions(command: Command, title: string): void {
	command
		.optionsGroup(title)
		.option(
			'--curl <target>',
			'http(s)://…, svc/NAME[:PORT][/PATH] through the API server, pods[:PORT][/PATH] (each pod through it) or pod-ips[:PORT][/PATH] (each pod directly); repeatable',
			collect,
		)
		.addOption(new Option('-H, --header <header>', "header to send, e.g. -H 'Host: shop.example' (repeatable)").argParser(header))
		.option('-I, --head', 'send HEAD instead of GET')
		// Its default is filled in later: whether it was given decides whether --rate may be.
		.addOption(new Option('--interval <duration>', 'from one request to the next (default: 1s)').argParser(positiveDuration))
		.addOption(
			new Option('--rate <n>', 'requests per second instead, 0.1 to 200; all targets together never send more than 200').argParser(numberFrom(0.1, 200)),
		)
		.addOption(new Option('--burst <n>', 'so many requests at once each time, up to 50').argParser(wholeNumber(1, 50)))
		.option('--paths <file>', 'paths to ask in turn, one in each line')
		.addOption(new Option('--curl-timeout <duration>', 'longest wait for one answer').argParser(positiveDuration).default(samplerDefaults.curlTimeout, '5s'))
		.option('--keep-alive', 'keep connections: one may then stay with one pod')
		.option('--cookies', 'send back the cookies that answers set, as a browser does')
		.option('--version-from <rule>', 'header:NAME, body:REGEX, json:PATH, title, pod or auto', samplerDefaults.versionFrom)
		.addOption(new Option('--window <duration>', 'how far back the mix counts').argParser(positiveDuration).default(samplerDefaults.window, '60s'))
		.addOption(new Option('--samples <n>', 'with --once --curl: requests before the snapshot').argParser(wholeNumber(1)).default(samplerDefaults.samples))
		.option('-k, --insecure', 'accept any certificate of an https target')
		.option('--cacert <file>', 'trust the authorities in this file (PEM) instead of the system’s')
		.addOption(new Option('--sni <name>', 'server name of the TLS handshake; else that of the Host header or URL').argParser(serverName))
		.addOption(
			new Option('--connect-to <place>', 'connect to ADDRESS[:PORT] whatever the URL says, or HOST1:PORT1:HOST2:PORT2 (repeatable)').argParser(connectTo),
		)
		.option('--http2', 'speak HTTP/2: by ALPN with https, at once (h2c) with http')
		.option('--proxy-from-env', 'go through the proxy of HTTP_PROXY, HTTPS_PROXY and NO_PROXY')
		.option('--curl-from-cluster', 'ask from a small pod inside the cluster, after showing what it will create')
		.option('--curl-image <image>', 'image of that pod')
		.option('--curl-namespace <name>', 'namespace of that pod');
}
