import {expect, it} from 'vitest';
import {createSuspension} from '../../src/ui/suspension.ts';

it('stops the job once for two keys that come together', async () => {
	const seen: string[] = [];
	const tell = (what: string) => () => void seen.push(what);
	const {suspend, close} = createSuspension({leave: tell('leave'), enter: tell('enter'), stop: whom => void seen.push(`stop ${whom}`)});
	const listeners = process.listenerCount('SIGTSTP');
	expect(await Promise.all([suspend(), suspend()])).toEqual([false, false]);
	expect(seen).toEqual(['leave', 'stop job', 'enter']);
	expect(process.listenerCount('SIGTSTP')).toBe(listeners);
	await suspend();
	expect(seen).toHaveLength(6);
	close();
	expect(process.listenerCount('SIGTSTP')).toBe(listeners - 1);
});
