import type {ApiObject} from '../../api-object.ts';
import type {Condition} from '../kinds.ts';

/** An Application of KubeVela as the API sends it (`core.oam.dev/v1beta1`). */
export interface Application extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: ApplicationSpec;
	readonly status?: ApplicationStatus;
}

export interface ApplicationSpec {
	readonly components: readonly Component[];
	readonly workflow?: {readonly steps?: readonly WorkflowStep[]};
}

export interface Component {
	readonly name: string;
	readonly type: string;
	readonly properties?: Readonly<Record<string, unknown>>;
	readonly traits?: readonly Trait[];
}

export interface Trait {
	readonly type: string;
	readonly properties?: Readonly<Record<string, unknown>>;
}

/** What is done to bring a revision about: `suspend`, or `apply-component`. */
export interface WorkflowStep {
	readonly name: string;
	readonly type: string;
	readonly properties?: {readonly component?: string};
}

export interface ApplicationStatus {
	readonly status?: string;
	readonly observedGeneration?: number;
	readonly latestRevision?: {readonly name: string; readonly revision: number; readonly revisionHash: string};
	readonly conditions?: readonly Condition[];
	readonly workflow?: WorkflowStatus | null;
	readonly services?: readonly ServiceStatus[];
	readonly appliedResources?: readonly object[];
}

export interface WorkflowStatus {
	readonly appRevision: string;
	readonly mode: string;
	readonly status: string;
	readonly suspend: boolean;
	readonly terminated: boolean;
	readonly finished: boolean;
	readonly startTime: string;
	readonly endTime?: string | null;
	readonly contextBackend?: object;
	readonly steps?: readonly StepStatus[];
}

export interface StepStatus {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly phase: string;
	readonly reason?: string;
	readonly message?: string;
	readonly firstExecuteTime: string;
	readonly lastExecuteTime: string;
}

/** How a component does. */
export interface ServiceStatus {
	readonly name: string;
	readonly namespace: string;
	readonly workloadDefinition: {readonly apiVersion: string; readonly kind: string};
	readonly healthy: boolean;
	readonly workloadHealthy?: boolean;
	readonly message: string;
	readonly traits: readonly TraitStatus[];
}

export interface TraitStatus {
	readonly type: string;
	readonly healthy: boolean;
	readonly message?: string;
}

/** An object that a component stands for, and which of its traits it belongs to; undefined: its workload. */
export interface Rendered {
	readonly apiVersion: string;
	readonly kind: string;
	readonly name: string;
	readonly trait: string | undefined;
	readonly body: RenderedBody;
}

/** The object itself. */
export interface RenderedBody {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: {
		readonly name: string;
		readonly namespace: string;
		readonly labels: Readonly<Record<string, string>>;
		readonly annotations?: Readonly<Record<string, string>>;
	};
	readonly spec: Readonly<Record<string, unknown>>;
}

export const publishVersionKey = 'app.oam.dev/publishVersion';
