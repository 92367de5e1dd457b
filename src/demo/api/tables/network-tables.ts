import {type JsonObject, objectsAt, textAt, textsAt} from '../json.ts';
import {labelsText} from './label-text.ts';
import {ageColumn, ageOf, column, nameColumn, nameOf, orNone, type TableKind, wideColumn} from './table-kind.ts';

/** More do not fit in a cell. */
const mostShown = 3;

export const serviceTable: TableKind = {
	columns: [
		nameColumn,
		column('Type', 'How it can be reached.'),
		column('Cluster-IP', 'Its address in the cluster.'),
		column('External-IP', 'Its addresses outside of the cluster.'),
		column('Port(s)', 'Its ports, and those of the nodes.'),
		ageColumn,
		wideColumn('Selector', 'Which pods answer for it.'),
	],
	cells: (object, now) => [
		nameOf(object),
		textAt(object, 'spec', 'type'),
		orNone(textsOf(object.spec, 'clusterIPs')[0] ?? ''),
		externalIp(object),
		orNone(objectsAt(object, 'spec', 'ports').map(servicePort).join(',')),
		ageOf(object, now),
		labelsText(textsAt(object, 'spec', 'selector')),
	],
};

function servicePort({port, nodePort, protocol}: JsonObject): string {
	return nodePort === undefined || nodePort === 0 ? `${port}/${protocol}` : `${port}:${nodePort}/${protocol}`;
}

function externalIp(object: JsonObject): string {
	const type = textAt(object, 'spec', 'type');
	const external = textsOf(object.spec, 'externalIPs');
	if (type === 'ExternalName') return textAt(object, 'spec', 'externalName');
	if (type === 'ClusterIP' || type === 'NodePort') return orNone(external.join(','));
	if (type !== 'LoadBalancer') return '<unknown>';
	const all = [...loadBalancerAddresses(object), ...external].join(',');
	return all === '' ? '<pending>' : all;
}

function loadBalancerAddresses(object: JsonObject): readonly string[] {
	const ingress = objectsAt(object, 'status', 'loadBalancer', 'ingress');
	const addresses = ingress.map(({ip, hostname}) => String(ip || hostname || '')).filter(address => address !== '');
	return [...new Set(addresses)].sort();
}

function textsOf(value: unknown, key: string): readonly string[] {
	const found = (value as JsonObject | undefined)?.[key];
	return Array.isArray(found) ? found.map(String) : [];
}

export const endpointsTable: TableKind = {
	columns: [nameColumn, column('Endpoints', 'The addresses that are ready.'), ageColumn],
	cells: (object, now) => [nameOf(object), endpointsText(object), ageOf(object, now)],
};

function endpointsText(object: JsonObject): string {
	const subsets = objectsAt(object, 'subsets');
	if (subsets.length === 0) return '<none>';
	const all = subsets.flatMap(subset => {
		const ips = objectsAt(subset, 'addresses').map(address => textAt(address, 'ip'));
		const ports = objectsAt(subset, 'ports');
		return ports.length === 0 ? ips : ports.flatMap(({port}) => ips.map(ip => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)));
	});
	return withMore(all);
}

export const endpointSliceTable: TableKind = {
	columns: [
		nameColumn,
		column('AddressType', 'What its addresses are.'),
		column('Ports', 'The ports of all of its endpoints.'),
		column('Endpoints', 'The addresses, ready or not.'),
		ageColumn,
	],
	cells(object, now) {
		const ports = objectsAt(object, 'ports').map(({port, name}) => String(port ?? name ?? '*'));
		const addresses = objectsAt(object, 'endpoints').flatMap(endpoint => textsOf(endpoint, 'addresses'));
		return [nameOf(object), textAt(object, 'addressType'), withMore(ports) || '<unset>', withMore(addresses) || '<unset>', ageOf(object, now)];
	},
};

export const ingressTable: TableKind = {
	columns: [
		nameColumn,
		column('Class', 'Who serves it.'),
		column('Hosts', 'The host names that it is for.'),
		column('Address', 'Where it can be reached.'),
		column('Ports', 'On which ports.'),
		ageColumn,
	],
	cells: (object, now) => [
		nameOf(object),
		orNone(textAt(object, 'spec', 'ingressClassName')),
		hostsText(objectsAt(object, 'spec', 'rules')),
		loadBalancerAddresses(object).join(','),
		objectsAt(object, 'spec', 'tls').length === 0 ? '80' : '80, 443',
		ageOf(object, now),
	],
};

/** Rules without a host are counted among "more", but not shown. kubernetes: printers.go formatHosts. */
function hostsText(rules: readonly JsonObject[]): string {
	const hosts = rules.map(rule => textAt(rule, 'host'));
	const shown: string[] = [];
	let isMore = false;
	for (const host of hosts) {
		isMore ||= shown.length === mostShown;
		if (!isMore && host !== '') shown.push(host);
	}
	if (shown.length === 0) return '*';
	return isMore ? `${shown.join(',')} + ${hosts.length - mostShown} more...` : shown.join(',');
}

function withMore(all: readonly string[]): string {
	const shown = all.slice(0, mostShown).join(',');
	return all.length > mostShown ? `${shown} + ${all.length - mostShown} more...` : shown;
}
