import {eventTable} from './event-table.ts';
import {endpointSliceTable, endpointsTable, ingressTable, serviceTable} from './network-tables.ts';
import {nodeTable} from './node-table.ts';
import {configMapTable, createdAtTable, leaseTable, namespaceTable, plainTable, resourceQuotaTable, secretTable} from './other-tables.ts';
import {podTable} from './pod-table.ts';
import {autoscalerTable, disruptionBudgetTable} from './steering-tables.ts';
import type {TableKind} from './table-kind.ts';
import {controllerRevisionTable, daemonSetTable, deploymentTable, replicaSetTable, statefulSetTable} from './workload-tables.ts';

/** Columns by `plural.group`; every kind that is not here shows NAME and AGE. */
const tables: Readonly<Record<string, TableKind>> = {
	'configmaps.': configMapTable,
	'controllerrevisions.apps': controllerRevisionTable,
	'customresourcedefinitions.apiextensions.k8s.io': createdAtTable,
	'daemonsets.apps': daemonSetTable,
	'deployments.apps': deploymentTable,
	'endpoints.': endpointsTable,
	'endpointslices.discovery.k8s.io': endpointSliceTable,
	'events.': eventTable,
	'events.events.k8s.io': eventTable,
	'horizontalpodautoscalers.autoscaling': autoscalerTable,
	'ingresses.networking.k8s.io': ingressTable,
	'leases.coordination.k8s.io': leaseTable,
	'namespaces.': namespaceTable,
	'nodes.': nodeTable,
	'poddisruptionbudgets.policy': disruptionBudgetTable,
	'pods.': podTable,
	'replicasets.apps': replicaSetTable,
	'resourcequotas.': resourceQuotaTable,
	'secrets.': secretTable,
	'services.': serviceTable,
	'statefulsets.apps': statefulSetTable,
};

/** The columns of a built-in kind. */
export function tableKindOf(group: string, plural: string): TableKind {
	return tables[`${plural}.${group}`] ?? plainTable;
}
