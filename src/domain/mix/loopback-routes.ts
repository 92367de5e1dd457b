import type {RouteChoice} from './route-choice.ts';

function isLoopback(host: string): boolean {
	return /^(?:127(?:\.\d{1,3}){3}|localhost|\[?::1\]?)$/i.test(host);
}

function staysHere({route, target, extras}: RouteChoice): boolean {
	if (route === 'pod-address') return false;
	if (route !== 'url') return true;
	return isLoopback(extras.connectTo?.[0]?.host ?? new URL(target).hostname);
}

/** The ways as they are where addresses of the cluster lead nowhere: those that would send to one can't be taken, for the reason `why`. */
export function onlyLoopback(choices: readonly RouteChoice[], why: string): readonly RouteChoice[] {
	return choices.map(choice => (choice.unavailable !== undefined || staysHere(choice) ? choice : {...choice, unavailable: why}));
}
