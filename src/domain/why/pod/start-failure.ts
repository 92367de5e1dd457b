import {shortText} from '../../short-text.ts';
import type {Hope} from '../finding.ts';
import type {FindingKind} from '../finding-kind.ts';
import {unbuilt} from './pull-failure.ts';

/** Why a container could not be started: words that go on after `container app can't start: `. */
export type StartFailure = {readonly kind: FindingKind; readonly hope: Hope; readonly text: string; readonly advice: string};

const command = {kind: 'command-not-found', hope: 'none', advice: 'check command and args against what is in the image'} as const;
const cannot = {kind: 'container-cannot-start', hope: 'doubtful'} as const;

type Pattern = readonly [pattern: RegExp, what: Omit<StartFailure, 'text'>, text: (found: string) => string];

/** What runc, crun and container runtimes say. The first match counts; what is found is the pattern's first group. */
const patterns: readonly Pattern[] = [
	[/exec format error/, unbuilt, () => "its program is for another platform than the node's (exec format error)"],
	[/exec:? [`"]([^`"]{1,200})[`"][^\n]*permission denied/, command, found => `its command "${found}" may not be executed`],
	[/exec: "([^"]{1,200})":[^\n]*is a directory/, command, found => `its command "${found}" is a folder`],
	[
		/exec:? [`"]([^`"]{1,200})[`"][^\n]*(?:no such file or directory|executable file not found)/,
		command,
		found => `its command "${found}" does not exist in the image`,
	],
	[/executable file `([^`]{1,200})` not found/, command, found => `its command "${found}" does not exist in the image`],
	[/no command specified/, command, () => 'its image names no command, and the pod gives none'],
	[
		/chdir to cwd \("([^"]{1,200})"\)|mkdir ([^\s:]{1,200}): not a directory/,
		{...cannot, advice: 'check workingDir'},
		found => `its working directory "${found}" can't be entered`,
	],
	[
		/error mounting "[^"]*" to rootfs at "([^"]{1,200})"/,
		{...cannot, hope: 'none', advice: 'check volumeMounts (mountPath, subPath)'},
		found => `its volume can't be mounted at ${found}`,
	],
	[
		/failed to prepare subPath for volumeMount "([^"]{1,100})"/,
		{...cannot, advice: 'check volumeMounts (subPath)'},
		found => `the subPath of its volume "${found}" can't be made`,
	],
	[
		/unable to find user ([^\s:]{1,60}):/,
		{...cannot, hope: 'none', advice: 'check runAsUser and the users in the image'},
		found => `user "${found}" does not exist in the image`,
	],
	[
		/runAsNonRoot and image will run as root|breaks non-root policy/,
		{...cannot, hope: 'none', advice: 'set runAsUser, or give the image a user'},
		() => 'it may not run as root (runAsNonRoot), and its image does',
	],
	[
		/image has non-numeric user \(([^)]{1,60})\)/,
		{...cannot, hope: 'none', advice: 'set runAsUser to a number'},
		found => `its image's user "${found}" has no number, which runAsNonRoot wants`,
	],
	[/deadline exceeded/i, {...cannot, advice: 'check the node: its container runtime is slow'}, () => "the node's container runtime does not answer"],
	[/no space left on device/, {...cannot, advice: "free space on the node's disk"}, () => "the node's disk is full"],
	[
		/memory limit too low|cannot set memory limit|container init was OOM-killed/,
		{...cannot, hope: 'none', advice: 'raise its memory limit'},
		() => 'its memory limit is too low to start it at all',
	],
];

// Wrapping that says nothing: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: `.
const wrapping = /^.*(?:unable to start container process: (?:error during container init: )?|OCI runtime (?:create|exec) failed: |failed to generate spec: )/s;

/** Why a container could not be started, from its waiting message or the message of its end. `reason` says it where nothing is known. */
export function startFailure(reason: string, said: string): StartFailure {
	// It can be of any size; what matters comes early.
	const message = said.slice(0, 4000);
	for (const [pattern, what, text] of patterns) {
		const found = pattern.exec(message);
		if (found !== null) return {...what, text: shortText(text(found[1] ?? found[2] ?? ''), 240)};
	}
	const words = shortText(message.replace(wrapping, ''), 200);
	return {...cannot, text: words === '' ? reason : `${reason}: ${words}`, advice: "read the pod's events (⏎)"};
}
