import type {Command, CommandResult} from '../domain/command.ts';
import type {CommandEvent} from '../store/event.ts';

/** What sends a command to the cluster; never throws. */
export type SendCommand = (command: Command, options: {readonly dryRun: boolean}) => Promise<CommandResult>;

/** Sends one command and reports how it went. State is not touched: the effect comes back through the watch. */
export async function runCommand(command: Command, send: SendCommand, dispatch: (event: CommandEvent) => void, now: () => number): Promise<CommandResult> {
	dispatch({type: 'command-started', command, at: now()});
	const result = await send(command, {dryRun: false});
	dispatch({type: 'command-ended', command, result, at: now()});
	return result;
}
