import {expect, test} from 'vitest';
import {holderCollection} from '../../../src/cluster/argo/read-rollout.ts';
import {titleOf} from '../../../src/domain/html-text.ts';
import {k8sEventEntry} from '../../../src/domain/k8s-event-entries.ts';
import {isNamedAfter} from '../../../src/domain/named-after.ts';
import {inheritedNames} from './hostile-text.ts';

test.each(inheritedNames)('what is called %s is in no table of ours, though every object has it', name => {
	const object = {kind: name, name: 'shop-1', uid: ''};
	for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ArgoRollout'] as const) expect(isNamedAfter({kind, name: 'shop'})(object)).toBe(false);
	const event = {uid: 'u', resourceVersion: '1', type: 'Normal', reason: name, message: '', count: 1, firstAt: 0, lastAt: 0, source: '', object};
	expect(k8sEventEntry(event)).toBeUndefined();
	expect(holderCollection({apiVersion: 'v1', kind: name, name: 'x', holder: undefined}, 'web')).toBeUndefined();
	expect(titleOf(`<title>&${name};</title>`)).toBe(`&${name};`);
});
