/** What automatic recognition remembers between answers; immutable, handed in and out. */
export type AnswerMemory = {
	/** Bodies that nothing else tells apart, and the label that each got. */
	readonly labels: ReadonlyMap<string, string>;
	/** The pods have run more than one program at a time: from then on a version is which page comes. It stays so, or labels would change once the old pods are gone. */
	readonly byPage: boolean;
};

/** The memory before the first answer. */
export const noAnswers: AnswerMemory = {labels: new Map(), byPage: false};

const mostLabels = 8;
const letters = 'ABCDEFGH';

// What changes from answer to answer without meaning anything: times, dates, long random or counted numbers.
const passing = /\d{1,4}[-/]\d\d[-/]\d{1,4}|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?|[0-9a-f]{8}(?:-[0-9a-f]{4,12}){1,4}|\b[0-9a-f]{16,}\b|\b\d{5,}\b/gi;

/**
 * A label for a body that is the same whenever the body is, apart from times and identifiers in it: `answer A`, `answer B` in order of appearance.
 * Undefined when bodies differ all the time, which says nothing about versions.
 */
export function bodyLabel(memory: AnswerMemory, body: string): {readonly label: string | undefined; readonly memory: AnswerMemory} {
	const key = body.replace(passing, '#').replace(/\s+/g, ' ').trim();
	const known = memory.labels.get(key);
	if (known !== undefined || memory.labels.size >= mostLabels) return {label: known, memory};
	const label = `answer ${letters[memory.labels.size]}`;
	return {label, memory: {...memory, labels: new Map(memory.labels).set(key, label)}};
}
