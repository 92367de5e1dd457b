/** Labels that a Service's selector asks for. */
export type ServiceSelector = Readonly<Record<string, string>>;

/** `app=web,version=v2`, as kubectl writes it and as the API takes it for a `labelSelector`. */
export function selectorText(selector: ServiceSelector): string {
	return Object.entries(selector)
		.map(([name, value]) => `${name}=${value}`)
		.join(',');
}

/** Whether both ask for the same. */
export function sameSelector(left: ServiceSelector, right: ServiceSelector): boolean {
	const names = Object.keys(left);
	return names.length === Object.keys(right).length && names.every(name => left[name] === right[name]);
}
