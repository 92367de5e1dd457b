import type {K8sEvent} from '../../k8s-event.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {missingObject} from './config-cause.ts';

type VolumeFailure = Omit<Cause, 'sinceAt'>;

const reasons: ReadonlySet<string> = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedMountOnFilesystemMismatch']);

/** What an event of a volume says. kubernetes: pkg/volume/util/operationexecutor, attachdetach/reconciler, kubelet/volumemanager. */
export function volumeFailure({reason, message}: K8sEvent): VolumeFailure | undefined {
	if (!reasons.has(reason)) return undefined;
	return usedElsewhere(reason, message) ?? missingThing(reason, message) ?? notMounted(reason, message);
}

const quoted = (text: string) => shortText(text, 120);

function usedElsewhere(reason: string, message: string): VolumeFailure | undefined {
	const volume = /Multi-Attach error for volume "([^"]{1,253})"/.exec(message)?.[1];
	if (volume === undefined) return undefined;
	const pods = /already used by pod\(s\) ([^\n]{1,200})/.exec(message)?.[1];
	const where = pods === undefined ? 'is still attached to another node' : `is still used by ${quoted(pods)} on another node`;
	return {
		kind: 'volume-multi-attach',
		hope: 'doubtful',
		reason,
		message: `waits for volume "${quoted(volume)}", which ${where}`,
		advice: 'a volume for one node needs strategy Recreate; else let the old pod end',
	};
}

/** A Secret, a ConfigMap, a key of one, or a claim that the volume is made from. */
export function missingClaim(message: string): string | undefined {
	const found = /persistentvolumeclaim "([^"]{1,253})" (not found|is being deleted)/.exec(message);
	if (found === null) return undefined;
	return `PersistentVolumeClaim "${quoted(found[1] ?? '')}", which ${found[2] === 'not found' ? 'does not exist' : 'is being deleted'}`;
}

function missingThing(reason: string, message: string): VolumeFailure | undefined {
	const volume = volumeOf(message);
	const forVolume = volume === undefined ? '' : ` for volume "${volume}"`;
	const base = {kind: 'volume-missing', hope: 'doubtful', reason} as const;
	const missing = missingObject(message);
	if (missing !== undefined) return {...base, hope: 'none', message: `needs ${missing.what}${forVolume}, ${missing.lack}`, advice: missing.advice};
	const key = /references non-existent (secret|config) key: (\S{1,253})/.exec(message);
	if (key !== null) {
		const owner = key[1] === 'secret' ? 'Secret' : 'ConfigMap';
		return {
			...base,
			hope: 'none',
			message: `needs key ${quoted(key[2] ?? '')}${forVolume}, which its ${owner} does not have`,
			advice: 'add the key, or correct the pod template',
		};
	}
	const claim = missingClaim(message);
	return claim === undefined ? undefined : {...base, message: `needs ${claim}`, advice: 'create the claim, or correct its name in the pod template'};
}

function volumeOf(message: string): string | undefined {
	const name = /for volume "([^"]{1,253})"/.exec(message)?.[1];
	return name === undefined ? undefined : quoted(name);
}

function notMounted(reason: string, message: string): VolumeFailure {
	const base = {kind: 'volume-not-mounted', hope: 'doubtful', reason, advice: "check the volume and the node's storage driver"} as const;
	const waiting = /unmounted volumes=\[([^\]]{1,300})\]/.exec(message)?.[1];
	if (waiting !== undefined) {
		const names = waiting.split(' ').map(quoted);
		return {...base, message: `still waits for ${names.length === 1 ? 'volume' : 'volumes'} ${names.join(', ')} to be mounted`};
	}
	const volume = volumeOf(message);
	const why = shortText(message.replace(/^\S+ failed for volume "[^"]*" ?: /, '').replace(/^rpc error: code = \w+ desc = /, ''), 160);
	return {...base, message: `can't mount ${volume === undefined ? 'a volume' : `volume "${volume}"`}: ${why}`};
}
