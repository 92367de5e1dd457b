import {expect, test} from 'vitest';
import type {JsonObject} from '../../src/domain/json.ts';
import {matchesLabels} from '../../src/domain/label-selector.ts';

const labels = {app: 'web', tier: 'front'};

test.each<[string, JsonObject, boolean]>([
	['an empty one selects all', {}, true],
	['every label must be equal', {matchLabels: {app: 'web', tier: 'front'}}, true],
	['one that differs is enough', {matchLabels: {app: 'web', tier: 'back'}}, false],
	['one that is absent is enough', {matchLabels: {version: 'v2'}}, false],
	['a name that every object has is no label', {matchLabels: {toString: 'x'}}, false],
	['In needs the label', {matchExpressions: [{key: 'app', operator: 'In', values: ['api', 'web']}]}, true],
	['In does not hold for an absent label', {matchExpressions: [{key: 'version', operator: 'In', values: ['v2']}]}, false],
	['NotIn holds for an absent label', {matchExpressions: [{key: 'version', operator: 'NotIn', values: ['v2']}]}, true],
	['NotIn refuses its values', {matchExpressions: [{key: 'app', operator: 'NotIn', values: ['web']}]}, false],
	['Exists', {matchExpressions: [{key: 'app', operator: 'Exists'}]}, true],
	['DoesNotExist', {matchExpressions: [{key: 'app', operator: 'DoesNotExist'}]}, false],
	['labels and expressions must both hold', {matchLabels: {app: 'web'}, matchExpressions: [{key: 'tier', operator: 'DoesNotExist'}]}, false],
	['an operator that nobody knows selects nothing', {matchExpressions: [{key: 'app', operator: 'Gt', values: ['1']}]}, false],
])('%s', (_reason, selector, selected) => {
	expect(matchesLabels(selector, labels)).toBe(selected);
});
