import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {sendCommand} from '../../../src/cluster/rollout-actions.ts';
import type {CommandResult, WorkloadCommand} from '../../../src/domain/command.ts';
import {answerStatus} from './api-server.ts';
import {connectTo} from './kubeconfig.ts';
import {deploymentJson, replicaSetJson, webPaths} from './objects.ts';
import {type RestServer, startRestServer} from './rest-server.ts';

/** Where the API has the Deployment that commands are sent to, and its ReplicaSets. */
export const path = `${webPaths.deployments}/kubia`;
export const listPath = webPaths.replicasets;

export type Fail = {readonly code: number; readonly reason: string; readonly message: string};

/** An answer that is a failure. */
export function refusing({code, reason, message}: Fail) {
	return (_request: unknown, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, code, reason, message);
}

type Options = {readonly live?: object; readonly routes?: object; readonly dryRun?: boolean};

/** Sends a command to Deployment kubia with the revisions 1 (app:v1) and 2 (app:v2), which the API has as `live`. */
export async function send(
	command: WorkloadCommand,
	{live = deploymentJson('kubia'), routes = {}, dryRun = false}: Options = {},
): Promise<{readonly server: RestServer; readonly result: CommandResult}> {
	const server = await startRestServer({
		[`GET ${path}`]: live,
		[`PATCH ${path}`]: live,
		[`GET ${listPath}`]: [replicaSetJson('kubia', 1, 'app:v1', {annotations: {'kubernetes.io/change-cause': 'first'}}), replicaSetJson('kubia', 2, 'app:v2')],
		...routes,
	});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const workload = parseWorkload(deploymentJson('kubia'));
	if (workload === undefined) throw new Error('no workload');
	return {server, result: await sendCommand(command, {connection, workload, dryRun})};
}

/** The patches that a server was sent. */
export function patches({requests}: RestServer) {
	return requests.filter(({method}) => method === 'PATCH').map(({url, headers, body}) => ({url, contentType: headers['content-type'], body: JSON.parse(body)}));
}
