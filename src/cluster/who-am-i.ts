import type {ClusterConnection} from './connect.ts';
import {isRawObject, objectOf, shownText} from './parse/fields.ts';

const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const body = JSON.stringify({apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'});

/** Whom the API server takes us for (`kubectl auth whoami`); undefined where it doesn't say, as before Kubernetes 1.28. Nothing is stored by it. Never throws. */
export async function whoAmI(connection: Pick<ClusterConnection, 'json'>, signal: AbortSignal): Promise<string | undefined> {
	try {
		const review = await connection.json({method: 'POST', path, contentType: 'application/json', body, signal});
		const {userInfo} = objectOf(isRawObject(review) ? review.status : undefined);
		return shownText(objectOf(userInfo).username).slice(0, 200) || undefined;
	} catch {
		return undefined;
	}
}
