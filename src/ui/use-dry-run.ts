import {useEffect, useState} from 'react';
import type {Command, CommandResult} from '../domain/command.ts';
import type {Remark} from '../store/views.ts';
import type {ScreenPorts} from './ports.ts';
import {askedIn} from './question-state.ts';
import type {Dialog, UiAction} from './ui-state.ts';

/**
 * Lets the API server check what an open question asks for, as soon as it is open and again when it asks for something else. One request at a time: a number
 * that is typed is not asked for digit by digit.
 */
export function useDryRun(dialog: Dialog | undefined, send: ScreenPorts['send'], dispatch: (action: UiAction) => void): void {
	const [isAsking, setIsAsking] = useState(false);
	const command = askedIn(dialog)?.command;
	const isWanted = command !== undefined && dialog !== undefined && 'dryRun' in dialog && dialog.dryRun === undefined;
	useEffect(() => {
		if (!isWanted || isAsking) return;
		setIsAsking(true);
		dispatch({type: 'dry-run-changed', command, dryRun: 'asking'});
		void dryRun(command, send).then(remarks => {
			dispatch({type: 'dry-run-changed', command, dryRun: remarks});
			setIsAsking(false);
		});
	}, [isWanted, command, isAsking, send, dispatch]);
}

async function dryRun(command: Command, send: ScreenPorts['send']): Promise<readonly Remark[]> {
	try {
		return remarksOf(await send(command, {dryRun: true}));
	} catch (error) {
		return [{tone: 'bad', text: `dry run: ${error instanceof Error ? error.message : String(error)}`}];
	}
}

/** The answer in lines: refused, and why; or accepted, with what the API server warns of. */
function remarksOf(result: CommandResult): readonly Remark[] {
	if (result.kind !== 'accepted') return [{tone: 'bad', text: `dry run: ${result.message}${result.hint === undefined ? '' : `; ${result.hint}`}`}];
	return [{tone: 'good', text: 'dry run: the API server accepts it'}, ...result.warnings.map(text => ({tone: 'change' as const, text: `warning: ${text}`}))];
}
