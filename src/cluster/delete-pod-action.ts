import type {CommandResult, WorkloadCommand} from '../domain/command.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {CommandOptions} from './command-options.ts';

/**
 * Deletes that very pod with the grace that it has itself, as `kubectl delete pod` does: another one that has got its name since is left alone.
 * Throws ClusterError.
 */
export async function sendDeletePod(
	{pod, uid}: Extract<WorkloadCommand, {kind: 'delete-pod'}>,
	{connection, workload: {namespace}, dryRun}: CommandOptions,
): Promise<CommandResult> {
	// Where a deletion has a body, the API server reads its options there alone (apiserver: endpoints/handlers/delete.go): `?dryRun=All` beside it would delete.
	const options = {propagationPolicy: 'Background', preconditions: {uid}, ...(dryRun === true ? {dryRun: ['All']} : {})};
	const {warnings} = await connection.answer({
		method: 'DELETE',
		path: objectPath(apiPaths.pods(namespace), pod),
		query: {dryRun: dryRun === true ? 'All' : undefined},
		contentType: 'application/json',
		body: JSON.stringify(options),
	});
	return {kind: 'accepted', message: `pod "${pod}" deleted from ${namespace} namespace${dryRun === true ? ' (server dry run)' : ''}`, warnings};
}
