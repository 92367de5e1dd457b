import type {ClusterConnection} from '../cluster/connect.ts';
import {onlyLoopback} from '../domain/mix/loopback-routes.ts';
import type {RouteChoice} from '../domain/mix/route-choice.ts';
import {guardRefusal} from '../store/selectors/guard-view.ts';
import {servicesOf} from '../store/target-service.ts';
import type {RouteRow} from '../store/views.ts';
import type {ScreenPorts} from '../ui/ports.ts';
import type {Session} from './session.ts';
import {startLoop} from './start-curl.ts';

function rowOf({id, title, target, measures, not, needsConfirmation, unavailable, route}: RouteChoice, {store}: Session): RouteRow {
	const current = store.snapshot().sampler.targets.some(asked => asked.target === target && asked.route === route);
	return {id, title, target, measures, not, asks: needsConfirmation, unavailable, current};
}

/** The ways to the workload: found when somebody asks, and taken from what was shown last. `unreachable`: as in World. */
export function routePorts(session: Session, connection: ClusterConnection, unreachable: string | undefined): Pick<ScreenPorts, 'routes' | 'chooseRoute'> {
	let shown: readonly RouteChoice[] = [];
	return {
		async routes() {
			const state = session.store.snapshot();
			const {findRoutes} = await import('../cluster/find-routes.ts');
			const found = await findRoutes({connection, services: servicesOf(state), pods: [...state.pods.values()]});
			const reachable = unreachable === undefined ? found : onlyLoopback(found, unreachable);
			const refusal = guardRefusal(state, 'curl-pod');
			shown = refusal === undefined ? reachable : reachable.map(choice => (choice.needsConfirmation ? {...choice, unavailable: refusal.message} : choice));
			return shown.map(choice => rowOf(choice, session));
		},
		chooseRoute(id) {
			const choice = shown.find(known => known.id === id);
			if (choice !== undefined && choice.unavailable === undefined) startLoop(session, sampler => sampler.use(choice));
		},
	};
}
