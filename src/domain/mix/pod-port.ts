import type {ContainerPort, Pod} from '../pod.ts';
import {httpPort, isTlsPort, type Service, type ServicePort, selects} from '../service.ts';

/** A port of a pod, and whether it speaks TLS. */
export type PodPort = {readonly port: number; readonly https: boolean};

/** Whether a pod has an address at which somebody may answer, ready or not. */
export function canBeAsked({ip, phase}: Pod): boolean {
	return ip !== undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

function tcpPorts({containers, initContainers}: Pod): readonly ContainerPort[] {
	const sidecars = initContainers.filter(({sidecar}) => sidecar);
	return [...containers, ...sidecars].flatMap(({ports}) => ports).filter(({protocol}) => protocol === 'TCP');
}

function servicePort({ports}: Service): ServicePort | undefined {
	return httpPort(ports.filter(({protocol}) => protocol === 'TCP'));
}

function resolved(pod: Pod, wanted: number | string): PodPort | undefined {
	const ports = tcpPorts(pod);
	const declared = ports.find(({name, port}) => name === wanted || port === Number(wanted));
	const port = declared?.port ?? (/^\d+$/.test(String(wanted)) ? Number(wanted) : undefined);
	if (port === undefined) return undefined;
	return {port, https: declared?.name === 'https' || isTlsPort({name: '', port}) || port === 8443};
}

/**
 * Where a pod is asked: at the wanted port (name or number of a container's), else where the first Service that selects it sends, else at its first
 * declared TCP port. Undefined where none is known.
 */
export function podPort(pod: Pod, services: readonly Service[], wanted: string | undefined): PodPort | undefined {
	if (wanted !== undefined) return resolved(pod, wanted);
	for (const service of services) {
		const port = selects(service, pod.labels) ? servicePort(service) : undefined;
		const found = port === undefined ? undefined : resolved(pod, port.targetPort ?? port.port);
		if (port !== undefined && found !== undefined) return {...found, https: found.https || isTlsPort(port)};
	}
	const [first] = tcpPorts(pod);
	return first === undefined ? undefined : resolved(pod, first.port);
}
