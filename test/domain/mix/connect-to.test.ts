import {describe, expect, it} from 'vitest';
import {connectAddress, parseConnectTo} from '../../../src/domain/mix/connect-to.ts';

function address(rules: readonly string[], host: string, port: number) {
	const parsed = rules.map(parseConnectTo).map(rule => {
		if ('error' in rule) throw new Error(rule.error);
		return rule;
	});
	const place = connectAddress(parsed, host, port);
	return [place.host, place.port];
}

describe('--connect-to', () => {
	it.each([
		['an address', ['10.0.0.5'], 'shop.example', 443, ['10.0.0.5', 443]],
		['an address and a port', ['10.0.0.5:31180'], 'shop.example', 443, ['10.0.0.5', 31_180]],
		['a name', ['ingress.example:'], 'shop.example', 80, ['ingress.example', 80]],
		['an IPv6 address', ['[fd00::5]:8443'], 'shop.example', 443, ['fd00::5', 8443]],
		['only a port', [':8080'], 'shop.example', 80, ['shop.example', 8080]],
		['curl’s whole form', ['shop.example:443:10.0.0.5:8443'], 'shop.example', 443, ['10.0.0.5', 8443]],
		['curl’s form for any host', ['::10.0.0.5:'], 'shop.example', 443, ['10.0.0.5', 443]],
		['curl’s form for another host', ['pay.example:443:10.0.0.5:8443'], 'shop.example', 443, ['shop.example', 443]],
		['curl’s form for another port', ['shop.example:80:10.0.0.5:8080'], 'shop.example', 443, ['shop.example', 443]],
		['a host in other letters', ['Shop.Example::10.0.0.5:'], 'shop.example', 443, ['10.0.0.5', 443]],
		['curl’s form with IPv6 on both sides', ['[fd00::1]:443:[fd00::2]:8443'], 'fd00::1', 443, ['fd00::2', 8443]],
		['the first of several that match', ['a::1.1.1.1:', '2.2.2.2', '3.3.3.3'], 'b', 80, ['2.2.2.2', 80]],
		['none', [], 'shop.example', 80, ['shop.example', 80]],
	] as const)('leads to %s', (_what, rules, host, port, expected) => {
		expect(address(rules, host, port)).toEqual(expected);
	});

	it.each(['', 'a:b', 'a:0', 'a:65536', 'a:1:b', 'a:1:b:99999', 'http://a', 'u:p@a', 'a b', 'fd00::5', 'a:1:b:2:c'])('refuses %j', text => {
		expect(parseConnectTo(text)).toEqual({error: `expected ADDRESS[:PORT] or HOST1:PORT1:HOST2:PORT2, got "${text}"`});
	});
});
