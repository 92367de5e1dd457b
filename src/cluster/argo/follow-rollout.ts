import type {ArgoRollout} from '../../domain/workload.ts';
import type {FollowSetting} from '../follow/follow-owned.ts';
import {createRestartable} from '../follow/restartable.ts';
import type {StreamEvent} from '../informer/source.ts';
import {runInformer} from '../informer.ts';
import {notServedText} from '../kinds/is-served.ts';
import {collectionOf} from '../kinds/kind-source.ts';
import {parseArgoRollout} from '../parse/argo-rollout.ts';
import {holderCollection, parseHolder} from './read-rollout.ts';
import {createTemplateJoin} from './template-join.ts';

/** What holds the template of the newest state that an event brings; undefined where it is the Rollout itself, or none came. */
function referenceIn(event: StreamEvent<'workloads'>): ArgoRollout['workloadRef'] {
	const brought =
		event.type === 'listed'
			? event.items.at(-1)
			: event.type === 'changed'
				? event.changes.flatMap(change => (change.kind === 'observed' ? [change.object] : [])).at(-1)
				: undefined;
	return brought?.kind === 'ArgoRollout' ? brought.workloadRef : undefined;
}

/** Follows a Rollout by its name, with the object that holds its template where it has none of its own. Never throws. */
export async function followRollout({connection, signal, policy}: FollowSetting, name: string, emit: (event: StreamEvent<'workloads'>) => void): Promise<void> {
	const shared = {connection, policy, stream: 'workloads'} as const;
	const join = createTemplateJoin(emit);
	const holders = createRestartable(signal);
	const onRollout = (event: StreamEvent<'workloads'>) => {
		join.rollouts(event);
		const reference = referenceIn(event);
		if (reference === undefined) return;
		const path = holderCollection(reference, connection.namespace);
		// Of a kind that Argo knows none of: there is nothing to wait for.
		if (path === undefined) join.holders({type: 'listed', stream: 'workloads', items: [], at: (policy?.now ?? Date.now)()});
		else
			holders.start(`${path}/${reference.name}`, restarted =>
				runInformer({...shared, signal: restarted, path, fieldSelector: `metadata.name=${reference.name}`, parse: parseHolder, emit: join.holders}),
			);
	};
	await runInformer({
		...shared,
		signal,
		path: collectionOf('ArgoRollout', connection.namespace),
		fieldSelector: `metadata.name=${name}`,
		parse: parseArgoRollout,
		notServed: notServedText('ArgoRollout'),
		emit: onRollout,
	});
	await holders.ended();
}
