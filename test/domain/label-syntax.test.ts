import {expect, it} from 'vitest';
import {isLabelName, isLabelValue, parseLabel} from '../../src/domain/label-syntax.ts';

// Names and values as k8s.io/apimachinery's own tests of validation.IsQualifiedName and IsValidLabelValue have them.
it.each([
	'simple',
	'now-with-dashes',
	'1-starts-with-num',
	'1234',
	'simple/simple',
	'now-with-dashes/simple',
	'now.with.dots/simple',
	'1-num.2-num/3-num',
	'Uppercase_Is_OK_123',
	'example.com/Uppercase_Is_OK_123',
	`${'a'.repeat(63)}`,
	`${'a'.repeat(253)}/${'b'.repeat(63)}`,
])('takes %s as a name', name => {
	expect(isLabelName(name)).toBe(true);
});

it.each([
	'nospecialchars%^=@',
	'cantendwithadash-',
	'-cantstartwithadash-',
	'only/one/slash',
	'Example.com/abc',
	'example_com/abc',
	'example.com/',
	'/simple',
	'',
	`${'a'.repeat(64)}`,
	`${'a'.repeat(254)}/abc`,
])('does not take %j as a name', name => {
	expect(isLabelName(name)).toBe(false);
});

it.each(['simple', 'now-with-dashes', '1-starts-with-num', 'end-with-num-1', '1234', 'a'.repeat(63), ''])('takes %j as a value', value => {
	expect(isLabelValue(value)).toBe(true);
});

it.each([
	'nospecialchars%^=@',
	'Tama-nui-te-rā.is.Māori.sun',
	'\\backslashes\\are\\bad',
	'-starts-with-dash',
	'ends-with-dash-',
	'.starts.with.dot',
	'ends.with.dot.',
	'a'.repeat(64),
])('does not take %j as a value', value => {
	expect(isLabelValue(value)).toBe(false);
});

it('reads a label, or says why it is none', () => {
	expect(parseLabel('app.kubernetes.io/name=web')).toEqual({name: 'app.kubernetes.io/name', value: 'web'});
	expect(parseLabel('empty=')).toEqual({name: 'empty', value: ''});
	for (const text of ['app', '=x', 'a b=c', 'a=b=c', 'app=\u001B[2J']) expect(parseLabel(text)).toHaveProperty('error');
});
