/** What a user may do: RBAC's PolicyRule, and in which namespaces. `*` stands for all. */
export interface PolicyRule {
	readonly verbs: readonly string[];
	/** '' is the core group. */
	readonly apiGroups?: readonly string[];
	/** Plurals, and parts of objects: `pods`, `pods/log`, any `…/scale`. */
	readonly resources?: readonly string[];
	/** Only these objects; all when not given. */
	readonly resourceNames?: readonly string[];
	/** Only here, and not outside of namespaces; everywhere when not given. */
	readonly namespaces?: readonly string[];
	/** Paths that are no resources; `/metrics*` for all that begin so. */
	readonly nonResourceURLs?: readonly string[];
}

/** What is asked for. kubernetes: authorizer.Attributes. */
export interface Attributes {
	readonly isResource: boolean;
	readonly verb: string;
	readonly path: string;
	readonly group: string;
	readonly resource: string;
	readonly subresource: string;
	readonly namespace: string;
	readonly name: string;
}

/** Whether a rule allows it. kubernetes: plugin/pkg/auth/authorizer/rbac/rbac.go RuleAllows. */
export function ruleAllows(rule: PolicyRule, asked: Attributes): boolean {
	if (!includes(rule.verbs, asked.verb)) return false;
	if (!asked.isResource) return (rule.nonResourceURLs ?? []).some(url => urlMatches(url, asked.path));
	return includes(rule.apiGroups, asked.group) && resourceMatches(rule.resources ?? [], asked) && nameMatches(rule, asked) && namespaceMatches(rule, asked);
}

function includes(allowed: readonly string[] | undefined, asked: string): boolean {
	return allowed?.some(each => each === '*' || each === asked) === true;
}

function resourceMatches(allowed: readonly string[], {resource, subresource}: Attributes): boolean {
	const asked = subresource === '' ? resource : `${resource}/${subresource}`;
	return allowed.some(each => each === '*' || each === asked || (subresource !== '' && each === `*/${subresource}`));
}

function nameMatches({resourceNames = []}: PolicyRule, {name}: Attributes): boolean {
	return resourceNames.length === 0 || resourceNames.includes(name);
}

function namespaceMatches({namespaces}: PolicyRule, {namespace}: Attributes): boolean {
	return namespaces === undefined || includes(namespaces, namespace);
}

function urlMatches(url: string, path: string): boolean {
	return url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1)));
}
