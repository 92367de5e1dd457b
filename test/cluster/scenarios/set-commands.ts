import {connect} from '../../../src/cluster/connect.ts';
import {readWorkload} from '../../../src/cluster/read-workload.ts';
import {sendCommand} from '../../../src/cluster/rollout-actions.ts';
import type {CommandResult, WorkloadCommand} from '../../../src/domain/command.ts';
import type {WorkloadKind} from '../../../src/domain/kinds/kind-words.ts';
import type {TestNamespace} from '../harness/namespace.ts';

/** Sends a command to a workload as it is now, as the program does once a person has agreed. */
export async function send(
	kubeconfig: string,
	{name: namespace}: TestNamespace,
	{kind, name}: {readonly kind: WorkloadKind; readonly name: string},
	command: WorkloadCommand,
): Promise<CommandResult> {
	const connection = await connect({kubeconfig, namespace, env: process.env});
	try {
		return await sendCommand(command, {connection, workload: await readWorkload(connection, {kind, namespace, name})});
	} finally {
		await connection.close();
	}
}
