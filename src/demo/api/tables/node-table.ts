import {type JsonObject, objectAt, objectsAt, textAt, textsAt} from '../json.ts';
import {ageColumn, ageOf, column, nameColumn, nameOf, orNone, type TableKind, wideColumn} from './table-kind.ts';

const rolePrefix = 'node-role.kubernetes.io/';
const roleLabel = 'kubernetes.io/role';

/** `kubectl get nodes`. */
export const nodeTable: TableKind = {
	columns: [
		nameColumn,
		column('Status', 'Whether it takes pods.'),
		column('Roles', 'What it is for.'),
		ageColumn,
		column('Version', 'The version of its kubelet.'),
		wideColumn('Internal-IP', 'Its address in the cluster.'),
		wideColumn('External-IP', 'Its address outside of the cluster.'),
		wideColumn('OS-Image', 'Its operating system.'),
		wideColumn('Kernel-Version', 'The version of its kernel.'),
		wideColumn('Container-Runtime', 'What runs its containers.'),
	],
	cells(object, now) {
		const info = objectAt(object, 'status', 'nodeInfo');
		const architecture = textAt(info, 'architecture');
		const kernel = orUnknown(textAt(info, 'kernelVersion'));
		return [
			nameOf(object),
			statusOf(object),
			orNone(rolesOf(object).join(',')),
			ageOf(object, now),
			textAt(info, 'kubeletVersion'),
			addressOf(object, 'InternalIP'),
			addressOf(object, 'ExternalIP'),
			orUnknown(textAt(info, 'osImage')),
			architecture === '' ? kernel : `${kernel} (${architecture})`,
			orUnknown(textAt(info, 'containerRuntimeVersion')),
		];
	},
};

function statusOf(object: JsonObject): string {
	const ready = objectsAt(object, 'status', 'conditions').findLast(({type}) => type === 'Ready');
	const word = ready?.status === 'True' ? 'Ready' : 'NotReady';
	return [ready === undefined ? 'Unknown' : word, ...(objectAt(object, 'spec').unschedulable === true ? ['SchedulingDisabled'] : [])].join(',');
}

function rolesOf(object: JsonObject): readonly string[] {
	const labels = Object.entries(textsAt(object, 'metadata', 'labels'));
	const roles = labels.map(([key, value]) => {
		if (key.startsWith(rolePrefix)) return key.slice(rolePrefix.length);
		return key === roleLabel ? value : '';
	});
	return [...new Set(roles.filter(role => role !== ''))].sort();
}

function addressOf(object: JsonObject, wanted: string): string {
	const found = objectsAt(object, 'status', 'addresses').find(({type}) => type === wanted);
	return found === undefined ? '<none>' : textAt(found, 'address');
}

function orUnknown(text: string): string {
	return text === '' ? '<unknown>' : text;
}
