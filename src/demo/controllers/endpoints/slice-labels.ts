import type {Service} from '../kinds.ts';

const serviceName = 'kubernetes.io/service-name';
const managedBy = 'endpointslice.kubernetes.io/managed-by';
const headless = 'service.kubernetes.io/headless';
const reserved = new Set([serviceName, managedBy, headless]);

/** Who manages a slice, as its label says. */
export const sliceManager = 'endpointslice-controller.k8s.io';

/** Whether a slice is this controller's business. */
export function isManaged(labels: Readonly<Record<string, string>> | undefined): boolean {
	return labels?.[managedBy] === sliceManager;
}

/** The labels of a Service's slices: its own, and whose they are. */
export function sliceLabels(service: Service): Readonly<Record<string, string>> {
	const {name, labels} = service.metadata;
	const isHeadless = (service.spec.clusterIP ?? 'None') === 'None' || service.spec.clusterIP === '';
	return {...own(labels), ...(isHeadless && {[headless]: ''}), [serviceName]: name, [managedBy]: sliceManager};
}

/** Whether a slice lacks a label of its Service, or has one that the Service has not; the reserved ones don't count. */
export function hasOldLabels(service: Service, labels: Readonly<Record<string, string>> | undefined): boolean {
	const wanted = own(service.metadata.labels);
	const known = own(labels);
	return Object.keys(wanted).length !== Object.keys(known).length || Object.entries(wanted).some(([key, value]) => known[key] !== value);
}

function own(labels: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(labels).filter(([key]) => !reserved.has(key)));
}
