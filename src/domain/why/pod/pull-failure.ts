import {shortText} from '../../short-text.ts';
import type {Hope} from '../finding.ts';
import type {FindingKind} from '../finding-kind.ts';

const maxText = 160;
/** A message can be of any size; what matters comes early. */
const longestRead = 4000;

/** Why an image can't be pulled: a few words that go on after `can't pull image app:v9: `. */
export type PullFailure = {readonly kind: FindingKind; readonly hope: Hope; readonly text: string; readonly advice: string};

const login = "check the image's name and the pull secret (imagePullSecrets)";
const reach = 'check that the registry is up and that the nodes reach it';
const limited = {kind: 'image-rate-limit', hope: 'doubtful', advice: 'wait for the limit to pass, or pull with an account (imagePullSecrets)'} as const;
const refused = {kind: 'image-unauthorised', hope: 'none', advice: login} as const;
const unreachable = {kind: 'image-registry-unreachable', hope: 'doubtful', advice: reach} as const;
const untrusted = {kind: 'image-certificate', hope: 'none', advice: "let the nodes trust the registry's certificate"} as const;
/** What runs on the nodes is not what the image was built for, wherever that shows: at the pull, at the start, in the log. */
export const unbuilt = {kind: 'image-platform', hope: 'none', advice: "build the image for the nodes' platform, or choose other nodes"} as const;
const missing = {kind: 'image-not-found', hope: 'none', advice: "check the image's name and tag"} as const;
const unsigned = {kind: 'image-signature', hope: 'none', advice: "sign the image, or check the node's policy for signatures"} as const;

/** What registries, container runtimes and Go's network library say, and what it means. The first match counts. */
const causes: readonly (readonly [RegExp, Omit<PullFailure, 'text'>, string])[] = [
	[/toomanyrequests|too many requests|rate limit/i, limited, "the registry's rate limit is reached"],
	[/pull QPS exceeded/i, {...limited, hope: 'waits', advice: 'wait: it is tried again'}, 'the node pulls too many images at once'],
	[/signature validation failed|source image rejected/i, unsigned, 'its signature is not accepted'],
	// Before "not found", which containerd adds to it.
	[/no match for platform|no matching manifest|no image found in (?:image index|manifest list)/i, unbuilt, "it is not built for the node's platform"],
	[
		/no basic auth credentials|(?:invalid|incorrect) username (?:or|and) password|incorrect username/i,
		refused,
		"the registry does not accept the node's login",
	],
	[/unauthorized|authorization failed|access denied|access to the resource is denied|authentication required|forbidden/i, refused, 'not found or no access'],
	[/not found|manifest unknown|name unknown/i, missing, 'not found'],
	[
		/no such host|server misbehaving|name resolution/i,
		{...unreachable, advice: "check the registry's name in the image, then the nodes' DNS"},
		"the registry's name does not resolve",
	],
	[/certificate has expired/i, {...untrusted, advice: "renew the registry's certificate"}, "the registry's certificate has expired"],
	[/x509|certificate/i, untrusted, "the registry's certificate is not trusted"],
	[/server gave HTTP response to HTTPS client/i, unreachable, 'the registry answers without TLS'],
	[/connection refused/i, unreachable, 'the registry refuses connections'],
	[/no route to host|network is unreachable/i, unreachable, 'the node has no route to the registry'],
	[/timeout|timed out|deadline exceeded/i, unreachable, 'the registry does not answer'],
	[/\bEOF\b|connection reset/i, unreachable, 'the registry broke the connection off'],
	[/bad gateway|service unavailable|internal server error|gateway time|registry is unavailable/i, unreachable, 'the registry has an error'],
	[/no space left on device/i, {kind: 'image-pull-failed', hope: 'doubtful', advice: "free space on the node's disk"}, "the node's disk is full"],
];

const unknown = {kind: 'image-pull-failed', hope: 'doubtful', advice: 'read what the registry says'} as const;

/** Why an image can't be pulled, from the container's waiting message or an event's. Words in the image's own name are not taken for the registry's. */
export function pullFailure(message: string, image = ''): PullFailure {
	const whole = message.slice(0, longestRead);
	const said = image === '' ? whole : whole.replaceAll(image, 'IMAGE');
	const known = causes.find(([pattern]) => pattern.test(said));
	if (known === undefined) return {...unknown, text: shortText(message, maxText)};
	const [, what, text] = known;
	return {...what, text: what === unbuilt ? platformText(said, text) : text};
}

/** Docker names the platform that it looked for: `no matching manifest for linux/arm64/v8 in the manifest list entries`. */
function platformText(message: string, otherwise: string): string {
	const platform = /no matching manifest for ([\w/.-]{1,40})|architecture "?([\w.-]{1,40})/i.exec(message);
	const name = platform?.[1] ?? platform?.[2];
	return name === undefined ? otherwise : `it is not built for ${name}`;
}
