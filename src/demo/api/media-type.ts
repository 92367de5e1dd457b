import {StatusError} from './status-error.ts';

/** In which form a client wants its answer. */
export interface Form {
	/** `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`, a kind of discovery, or '' for the object as it is. */
	readonly as: string;
	readonly group: string;
	readonly version: string;
}

const asItIs: Form = {as: '', group: '', version: ''};

/** 406. */
export function notAcceptable(message: string): StatusError {
	return new StatusError(406, 'NotAcceptable', message);
}

/**
 * The first form in an Accept header that `canServe`. JSON is the only encoding here; clients that prefer another one always name it as well.
 * Throws 406. apiserver: handlers/negotiation/negotiate.go.
 */
export function negotiate(accept: string | undefined, canServe: (form: Form) => boolean): Form {
	if (accept === undefined || accept.trim() === '') return asItIs;
	const clauses = accept.split(',').map(clauseOf);
	// Sorting is stable: what is wanted equally comes in the order in which it was said.
	for (const {type, form} of clauses.toSorted((left, right) => right.weight - left.weight)) {
		const isJson = type === 'application/json' || type === 'application/*' || type === '*/*';
		if (isJson && (form.as === '' || canServe(form))) return form;
	}
	throw notAcceptable('only the following media types are accepted: application/json');
}

function clauseOf(clause: string): {readonly type: string; readonly weight: number; readonly form: Form} {
	const [type = '', ...parameters] = clause.split(';').map(part => part.trim());
	const values = new Map(parameters.map(parameter => [parameter.split('=')[0] ?? '', parameter.slice(parameter.indexOf('=') + 1)]));
	const weight = Number(values.get('q') ?? 1);
	const form = values.has('as') ? {as: values.get('as') ?? '', group: values.get('g') ?? '', version: values.get('v') ?? ''} : asItIs;
	return {type: type.toLowerCase(), weight: Number.isNaN(weight) ? 0 : weight, form};
}

/** Whether objects of a resource can be shown in a form. */
export function isObjectForm({as, group, version}: Form): boolean {
	const isKnown = as === 'Table' || as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList';
	return isKnown && group === 'meta.k8s.io' && (version === 'v1' || version === 'v1beta1');
}
