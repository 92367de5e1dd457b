import {afterEach} from 'vitest';

const undo: (() => Promise<void> | void)[] = [];

/** Runs after the test, last ones first. */
export function cleanup(action: () => Promise<void> | void): void {
	undo.push(action);
}

afterEach(async () => {
	for (const action of undo.splice(0).reverse()) await action();
});
