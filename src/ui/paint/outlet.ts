import type {Terminal} from '../painter.ts';
import {bytesOf} from './bytes.ts';
import {createFlow} from './flow.ts';

/** One way to the terminal, on which there is never more than the terminal keeps up with. */
export type Outlet = {
	/** There may be something to write: asked for as soon as there is room, and as long as there is. */
	readonly pump: () => void;
	/** The terminal has answered that it is there. */
	readonly answered: () => void;
	/** Whether the terminal has yet to answer. */
	readonly isAsking: () => boolean;
	readonly open: () => void;
	/** Breaks off what is being written, and writes this. */
	readonly close: (lastWords: string) => void;
};

/** Are you there? (DSR 5.) */
const question = '\u001B[5n';
/** Where a frame was cut off nothing of it goes on: neither its being held back nor its style. */
const breakOff = '\u001B[?2026l\u001B[m';

/**
 * An outlet, closed.
 *
 * @param asks whether the terminal's answers reach us
 * @param next what to write now, about so many bytes of it at most; empty when there is nothing
 */
export function createOutlet(terminal: Pick<Terminal, 'write' | 'writeLast'>, asks: boolean, next: (room: number) => string): Outlet {
	let flow = createFlow();
	let isOpen = false;
	let isWriting = false;
	/** Of writes from before it was closed nobody wants to hear. */
	let visit = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const write = (text: string) => {
		const began = visit;
		isWriting = true;
		const isQuestion = flow.sent(bytesOf(text)) && asks;
		terminal.write(isQuestion ? text + question : text, () => {
			if (began !== visit) return;
			isWriting = false;
			flow.taken();
			pump();
		});
	};
	const pump = () => {
		clearTimeout(timer);
		if (!isOpen || isWriting) return;
		const room = flow.room();
		const text = room === 0 ? '' : next(room);
		if (text !== '' || (asks && flow.mustAsk())) write(text);
		else if (room === 0) timer = setTimeout(pump, flow.patience());
	};
	return {
		pump,
		answered() {
			flow.answered();
			pump();
		},
		isAsking: () => asks && flow.isAsking(),
		open() {
			isOpen = true;
			// It may be another terminal by now.
			flow = createFlow();
			pump();
		},
		close(lastWords) {
			const text = isWriting ? breakOff + lastWords : lastWords;
			isOpen = false;
			isWriting = false;
			visit++;
			clearTimeout(timer);
			if (terminal.writeLast === undefined) terminal.write(text, () => {});
			else terminal.writeLast(text);
		},
	};
}
