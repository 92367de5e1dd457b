import {shortText} from './short-text.ts';

/** Who wrote fields of an object, as its managedFields name them. `applies`: by server-side apply, so that the same will be written again. */
export type FieldManager = {readonly name: string; readonly applies: boolean};

/** What of an object tells who keeps it. `controller`: its owner by reference, as `Kind name`. */
export type OwnershipInput = {
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
	readonly managers?: readonly FieldManager[] | undefined;
	readonly controller?: string | undefined;
};

/** How a tool takes back what others change, where that is known. */
export type Reconciling =
	| {readonly kind: 'self-heals'}
	/** `every`: its interval, as it is written there. */
	| {readonly kind: 'automatic'; readonly every: string | undefined}
	| {readonly kind: 'by-hand'}
	| {readonly kind: 'suspended'};

/** Somebody else who keeps the object as it is written somewhere. `name`: application, `NAMESPACE/NAME` of a Kustomization, HelmRelease or release, owner, manager. */
export type Owner = {
	readonly kind: 'argo-cd' | 'flux-kustomization' | 'flux-helm-release' | 'kubevela' | 'controller' | 'manager' | 'helm' | 'kubectl-apply';
	readonly name: string | undefined;
};

/** Who keeps an object, as it was read when somebody asked: the watches drop who wrote what. */
export type Upkeep = OwnershipInput & {readonly uid: string; readonly reconciling: Reconciling | undefined};

/** Where `kubectl apply` keeps what it applied last. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

const argoManagers = ['argocd-controller', 'argocd-application-controller'];
const longestName = 120;

/**
 * Who keeps an object besides the person at the keys, who takes back soonest first. By what these tools write on what they keep: Argo CD's tracking id or label,
 * Flux's and Helm's labels and annotations, `kubectl apply`'s note, a controlling owner, any server-side apply.
 */
export function ownersOf(input: OwnershipInput): readonly Owner[] {
	const gitOps = [argoCd(input), ...flux(input), kubeVela(input)].filter(owner => owner !== undefined);
	const others = [controllerOf(input), ...unknownManagers(input)].filter(owner => owner !== undefined);
	if (gitOps.length > 0) return [...gitOps, ...others];
	return [...others, helm(input) ?? kubectlApply(input)].filter(owner => owner !== undefined);
}

/** Who of the object's owners takes back by itself what others change, in a word; undefined: nobody that is known. */
export function keeperOf(input: OwnershipInput): string | undefined {
	const [first] = ownersOf(input);
	switch (first?.kind) {
		case 'argo-cd':
			return 'Argo CD';
		case 'flux-kustomization':
		case 'flux-helm-release':
			return 'Flux';
		case 'kubevela':
			return 'KubeVela';
		case 'controller':
		case 'manager':
			return first.name;
		// These act when a person calls them.
		case 'helm':
		case 'kubectl-apply':
		case undefined:
			return undefined;
	}
}

/** argo-cd: util/argo/resource_tracking.go; the tracking id is `APPLICATION:GROUP/KIND:NAMESPACE/NAME`. */
function argoCd({labels, annotations, managers = []}: OwnershipInput): Owner | undefined {
	const tracked = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0];
	const isManager = managers.some(({name}) => argoManagers.includes(name));
	// The plain label is Argo CD's only where nothing else can have written it: Helm's charts set it, too.
	const labelled = labels['argocd.argoproj.io/instance'] ?? (isManager ? labels['app.kubernetes.io/instance'] : undefined);
	const name = tracked ?? labelled;
	return name === undefined && !isManager ? undefined : owner('argo-cd', name);
}

function flux({labels, managers = []}: OwnershipInput): readonly (Owner | undefined)[] {
	const by = (tool: string) => {
		const [name, namespace] = [labels[`${tool}.toolkit.fluxcd.io/name`], labels[`${tool}.toolkit.fluxcd.io/namespace`]];
		return name === undefined ? undefined : namespace === undefined ? name : `${namespace}/${name}`;
	};
	const owners = [
		['flux-kustomization', by('kustomize'), 'kustomize-controller'],
		['flux-helm-release', by('helm'), 'helm-controller'],
	] as const;
	return owners.map(([kind, name, manager]) => (name !== undefined || managers.some(one => one.name === manager) ? owner(kind, name) : undefined));
}

/** kubevela: pkg/oam/labels.go. */
function kubeVela({labels}: OwnershipInput): Owner | undefined {
	const name = labels['app.oam.dev/name'];
	return name === undefined ? undefined : owner('kubevela', name);
}

function helm({annotations, managers = []}: OwnershipInput): Owner | undefined {
	const [name, namespace] = [annotations['meta.helm.sh/release-name'], annotations['meta.helm.sh/release-namespace']];
	if (name !== undefined) return owner('helm', namespace === undefined ? name : `${namespace}/${name}`);
	return managers.some(manager => manager.name === 'helm') ? owner('helm', undefined) : undefined;
}

/** kubectl: apply.go; its server-side apply is known by the manager's name, its client-side apply by the note. */
function kubectlApply({annotations, managers = []}: OwnershipInput): Owner | undefined {
	const applied = annotations[lastAppliedAnnotation] !== undefined || managers.some(({name, applies}) => applies && name === 'kubectl');
	return applied ? owner('kubectl-apply', undefined) : undefined;
}

function controllerOf({controller}: OwnershipInput): Owner | undefined {
	return controller === undefined ? undefined : owner('controller', controller);
}

const knownManagers: ReadonlySet<string> = new Set([...argoManagers, 'kustomize-controller', 'helm-controller', 'helm', 'kubectl']);

function unknownManagers({managers = []}: OwnershipInput): readonly Owner[] {
	const names = new Set(managers.filter(({name, applies}) => applies && !knownManagers.has(name)).map(({name}) => name));
	return [...names].map(name => owner('manager', name));
}

function owner(kind: Owner['kind'], name: string | undefined): Owner {
	return {kind, name: name === undefined ? undefined : shortText(name, longestName)};
}

const ownerWords: Readonly<Record<Owner['kind'], string>> = {
	'argo-cd': 'Argo CD',
	'flux-kustomization': 'Flux',
	'flux-helm-release': 'Flux',
	kubevela: 'KubeVela',
	controller: '',
	manager: '',
	helm: 'Helm',
	'kubectl-apply': 'kubectl apply',
};

/** An owner by tool and name, without the namespace that the name is in: `Argo CD shop`, `Flux apps`, `Helm shop`. */
export function ownerName({kind, name = ''}: Owner): string {
	return [ownerWords[kind], name.slice(name.indexOf('/') + 1)].filter(word => word !== '').join(' ');
}

/** What an owner will make of a change, in one sentence. `what`: the change, or what of it. */
export function ownerText({kind, name}: Owner, {reconciling, what = 'this'}: {readonly reconciling?: Reconciling | undefined; readonly what?: string}): string {
	const named = (thing: string) => (name === undefined ? '' : ` (${thing} ${name})`);
	switch (kind) {
		case 'argo-cd':
			return `Argo CD${named('application')} keeps it: ${argoText(reconciling)} ${what}.`;
		case 'flux-kustomization':
			return `Flux${named('Kustomization')} keeps it: ${fluxText(reconciling)} ${what}.`;
		case 'flux-helm-release':
			return `Flux${named('HelmRelease')} keeps it: ${fluxText(reconciling)} ${what}.`;
		case 'kubevela':
			return `KubeVela${named('application')} keeps it: its next look, minutes from now, will revert ${what}, unless an apply-once policy lets it be.`;
		case 'controller':
			return `${name} owns it: its controller may revert ${what} at any moment.`;
		case 'manager':
			return `${name} applies it (server-side apply) and may revert ${what} at any moment.`;
		case 'helm':
			return `Helm${named('release')} made it: the next upgrade of the release may revert ${what}.`;
		case 'kubectl-apply':
			return `It was made with \`kubectl apply\`: the next apply of the same file will revert ${what}.`;
	}
}

function argoText(reconciling: Reconciling | undefined): string {
	switch (reconciling?.kind) {
		case undefined:
			return 'the next sync will revert';
		case 'self-heals':
			return 'auto-sync with self-heal will, within seconds, revert';
		case 'automatic':
			return 'auto-sync is on, so the next commit will revert';
		case 'by-hand':
		case 'suspended':
			return 'auto-sync is off, so the next sync by hand will revert';
	}
}

function fluxText(reconciling: Reconciling | undefined): string {
	if (reconciling?.kind === 'suspended') return 'it is suspended and, once resumed, will revert';
	const every = reconciling?.kind === 'automatic' && reconciling.every !== undefined ? ` (every ${reconciling.every})` : '';
	return `the next reconcile${every} will revert`;
}
