import {badRequest} from '../status-error.ts';
import {keyTexts, valueTexts} from '../write/meta-causes.ts';

/** Whether an object's labels are meant. */
export type LabelSelector = (labels: Readonly<Record<string, string>> | undefined) => boolean;

type Token = {readonly kind: 'word' | 'symbol' | 'end'; readonly text: string};
interface Requirement {
	readonly key: string;
	readonly operator: string;
	readonly values: readonly string[];
}

/** Reads `a=b,c in (d,e),!f`. Throws StatusError 400. apimachinery: pkg/labels/selector.go. */
export function parseLabelSelector(text: string): LabelSelector {
	const requirements = new Parser(tokens(text)).requirements();
	for (const requirement of requirements) check(requirement);
	return labels => requirements.every(requirement => matches(requirement, labels ?? {}));
}

function matches({key, operator, values}: Requirement, labels: Readonly<Record<string, string>>): boolean {
	const has = Object.hasOwn(labels, key);
	const value = labels[key] ?? '';
	switch (operator) {
		case 'exists':
			return has;
		case '!':
			return !has;
		case 'notin':
		case '!=':
			return !has || !values.includes(value);
		case '>':
			return has && /^[+-]?\d+$/.test(value) && Number(value) > Number(values[0]);
		case '<':
			return has && /^[+-]?\d+$/.test(value) && Number(value) < Number(values[0]);
		default:
			return has && values.includes(value);
	}
}

function tokens(text: string): Token[] {
	const found: Token[] = [];
	for (const match of text.matchAll(/\s*(?:(==|!=|[=!<>(),])|([^\s=!<>(),]+))/gy)) {
		const [, symbol, word] = match;
		found.push(symbol === undefined ? {kind: 'word', text: word ?? ''} : {kind: 'symbol', text: symbol});
	}
	return found;
}

const end: Token = {kind: 'end', text: ''};
const binaryOperators = ['=', '==', '!=', 'in', 'notin', '>', '<'];
const shownOperators = 'in, notin, =, ==, !=, gt, lt';

class Parser {
	readonly #tokens: readonly Token[];
	#at = 0;

	constructor(list: readonly Token[]) {
		this.#tokens = list;
	}

	requirements(): Requirement[] {
		const list: Requirement[] = [];
		if (this.#peek().kind === 'end') return list;
		for (;;) {
			const start = this.#peek();
			if (start.kind !== 'word' && start.text !== '!') throw fail(`found '${start.text}', expected: !, identifier, or 'end of string'`);
			list.push(this.#requirement());
			const next = this.#next();
			if (next.kind === 'end') return list;
			if (next.text !== ',') throw fail(`found '${next.text}', expected: ',' or 'end of string'`);
			const after = this.#peek();
			if (after.kind !== 'word' && after.text !== '!') throw fail(`found '${after.text}', expected: identifier after ','`);
		}
	}

	#requirement(): Requirement {
		const negated = this.#peek().text === '!' && this.#next() !== end;
		const key = this.#next();
		if (key.kind !== 'word') throw fail(`unable to parse requirement: found '${key.text}', expected: identifier`);
		const next = this.#peek();
		if (negated || next.kind === 'end' || next.text === ',') return {key: key.text, operator: negated ? '!' : 'exists', values: []};
		this.#next();
		if (!binaryOperators.includes(next.text)) throw fail(`unable to parse requirement: found '${next.text}', expected: ${shownOperators}`);
		const values = next.text === 'in' || next.text === 'notin' ? this.#values() : [this.#exactValue()];
		return {key: key.text, operator: next.text, values};
	}

	#exactValue(): string {
		const {kind, text} = this.#peek();
		if (kind === 'end' || text === ',') return '';
		if (kind !== 'word') throw fail(`unable to parse requirement: found '${text}', expected: identifier`);
		return this.#next().text;
	}

	#values(): string[] {
		const open = this.#next();
		if (open.text !== '(') throw fail(`unable to parse requirement: found '${open.text}' expected: '('`);
		const values: string[] = [];
		const first = this.#peek();
		if (first.kind === 'end' || (first.kind === 'symbol' && first.text !== ',' && first.text !== ')'))
			throw fail(`unable to parse requirement: found '${first.text}', expected: ',', ')' or identifier`);
		for (;;) {
			values.push(this.#peek().kind === 'word' ? this.#next().text : '');
			const next = this.#next();
			if (next.text === ')') return values;
			if (next.text !== ',') throw fail(`unable to parse requirement: found '${next.text}', expected: ',' or ')'`);
		}
	}

	#peek(): Token {
		return this.#tokens[this.#at] ?? end;
	}

	#next(): Token {
		return this.#tokens[this.#at++] ?? end;
	}
}

function fail(message: string): Error {
	return badRequest(message);
}

function check({key, operator, values}: Requirement): void {
	const [wrongKey] = keyTexts(key);
	if (wrongKey !== undefined) throw fail(`unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(key)}: ${wrongKey}`);
	for (const [index, value] of values.entries()) {
		const isNumber = /^[+-]?\d+$/.test(value);
		if ((operator === '<' || operator === '>') && !isNumber)
			throw fail(
				`unable to parse requirement: values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
			);
		const [wrongValue] = valueTexts(value);
		if (wrongValue !== undefined) throw fail(`unable to parse requirement: values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${wrongValue}`);
	}
}
