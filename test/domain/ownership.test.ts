import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {lastAppliedAnnotation, type OwnershipInput, ownersOf, ownerText, type Reconciling} from '../../src/domain/ownership.ts';

const nobody: OwnershipInput = {labels: {}, annotations: {}};
const textsOf = (input: Partial<OwnershipInput>, reconciling?: Reconciling) => ownersOf({...nobody, ...input}).map(owner => ownerText(owner, {reconciling}));
const manager = (name: string, applies = false) => ({name, applies});

describe('who keeps a Deployment', () => {
	it.each([
		['nothing says so', {}, []],
		[
			'Argo CD’s tracking id',
			{annotations: {'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:web/kubia'}},
			['Argo CD (application shop) keeps it: the next sync will revert this.'],
		],
		['Argo CD’s own label', {labels: {'argocd.argoproj.io/instance': 'shop'}}, ['Argo CD (application shop) keeps it: the next sync will revert this.']],
		['a label that Helm’s charts set, too', {labels: {'app.kubernetes.io/instance': 'shop'}}, []],
		[
			'that label where Argo CD wrote the object',
			{labels: {'app.kubernetes.io/instance': 'shop'}, managers: [manager('argocd-controller', true)]},
			['Argo CD (application shop) keeps it: the next sync will revert this.'],
		],
		['Argo CD’s manager alone', {managers: [manager('argocd-controller')]}, ['Argo CD keeps it: the next sync will revert this.']],
		[
			'Flux’s labels of a Kustomization',
			{labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'}},
			['Flux (Kustomization flux-system/apps) keeps it: the next reconcile will revert this.'],
		],
		[
			'Flux’s labels of a HelmRelease, before Helm’s own',
			{
				labels: {'helm.toolkit.fluxcd.io/name': 'kubia', 'helm.toolkit.fluxcd.io/namespace': 'web'},
				annotations: {'meta.helm.sh/release-name': 'kubia', 'meta.helm.sh/release-namespace': 'web'},
			},
			['Flux (HelmRelease web/kubia) keeps it: the next reconcile will revert this.'],
		],
		[
			'Helm’s annotations',
			{annotations: {'meta.helm.sh/release-name': 'kubia', 'meta.helm.sh/release-namespace': 'web'}, labels: {'app.kubernetes.io/managed-by': 'Helm'}},
			['Helm (release web/kubia) made it: the next upgrade of the release may revert this.'],
		],
		['Helm’s manager', {managers: [manager('helm')]}, ['Helm made it: the next upgrade of the release may revert this.']],
		['Helm’s label alone, as charts rendered by others have it', {labels: {'app.kubernetes.io/managed-by': 'Helm'}}, []],
		[
			'kubectl’s note of what it applied',
			{annotations: {[lastAppliedAnnotation]: '{}'}},
			['It was made with `kubectl apply`: the next apply of the same file will revert this.'],
		],
		[
			'kubectl apply --server-side, which leaves no note',
			{managers: [manager('kubectl', true)]},
			['It was made with `kubectl apply`: the next apply of the same file will revert this.'],
		],
		['an undo or an edit by kubectl, which applies nothing', {managers: [manager('kubectl'), manager('kubectl-edit'), manager('kubectl-rollout')]}, []],
		[
			'Argo CD, which leaves kubectl’s note, too',
			{annotations: {[lastAppliedAnnotation]: '{}', 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:web/kubia'}},
			['Argo CD (application shop) keeps it: the next sync will revert this.'],
		],
		[
			'a controller that nobody has heard of, once',
			{managers: [manager('house-operator', true), manager('house-operator', true)]},
			['house-operator applies it (server-side apply) and may revert this at any moment.'],
		],
		['controllers that update', {managers: [manager('kube-controller-manager'), manager('house-operator')]}, []],
		['a controlling owner', {controller: 'KubiaCluster blue'}, ['KubiaCluster blue owns it: its controller may revert this at any moment.']],
	])('%s', (_reason, input: Partial<OwnershipInput>, texts) => {
		expect(textsOf(input)).toEqual(texts);
	});

	it('never lets what others wrote break out of its line', () => {
		const text = fc.string({unit: 'binary', maxLength: 400});
		fc.assert(
			fc.property(text, text, text, (label, name, controller) => {
				const texts = textsOf({
					labels: {'kustomize.toolkit.fluxcd.io/name': label},
					annotations: {'argocd.argoproj.io/tracking-id': label},
					managers: [manager(name, true)],
					controller,
				});
				for (const one of texts) {
					expect(one).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/);
					expect(one.length).toBeLessThan(300);
				}
			}),
		);
	});
});

describe('what the keeper will make of a change', () => {
	const argo = {labels: {'argocd.argoproj.io/instance': 'shop'}};
	const flux = {labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'}};

	it.each([
		['self-heal', argo, {kind: 'self-heals'}, 'auto-sync with self-heal will, within seconds, revert this.'],
		['auto-sync without it', argo, {kind: 'automatic', every: undefined}, 'auto-sync is on, so the next commit will revert this.'],
		['sync by hand', argo, {kind: 'by-hand'}, 'auto-sync is off, so the next sync by hand will revert this.'],
		['an interval', flux, {kind: 'automatic', every: '10m0s'}, 'the next reconcile (every 10m0s) will revert this.'],
		['a suspended Kustomization', flux, {kind: 'suspended'}, 'it is suspended and, once resumed, will revert this.'],
	] as const)('%s', (_reason, input, reconciling, end) => {
		expect(textsOf(input, reconciling)[0]).toContain(`keeps it: ${end}`);
	});
});
