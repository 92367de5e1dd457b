import {expect, test} from 'vitest';
import {parseArgoRollout} from '../../src/cluster/parse/argo-rollout.ts';
import {recorded} from './progressive-replay.ts';

test('a Rollout that leaves its selector to its workloadRef is followed by the selector that its status tells, without the hash of one version', () => {
	const whole = recorded('argo-workloadref', 'rollouts').at(-1)?.object;
	if (whole === undefined) throw new Error('nothing was recorded');
	const {selector: _, ...spec} = whole.spec as Record<string, unknown>;
	const status = whole.status as Record<string, unknown>;
	expect(parseArgoRollout({...whole, spec})?.selectorQuery).toBe(parseArgoRollout(whole)?.selectorQuery);
	expect(parseArgoRollout({...whole, spec, status: {...status, selector: 'app=a,rollouts-pod-template-hash=b'}})?.selectorQuery).toBe('app=a');
	// Not known yet: by it nothing is followed.
	expect(parseArgoRollout({...whole, spec, status: {...status, selector: ''}})?.selectorQuery).toBe('');
	// To follow everything instead would be wrong.
	expect(parseArgoRollout({...whole, spec: {...spec, workloadRef: undefined}})).toBeUndefined();
	expect(parseArgoRollout({...whole, spec: {...spec, selector: {}}})).toBeUndefined();
});
