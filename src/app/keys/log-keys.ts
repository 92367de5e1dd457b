import type {Binding} from './binding.ts';
import {noPod, unreachable} from './unreachable.ts';

/** Keys of logs, and of what says why. */
export const logKeys: readonly Binding[] = [
	{
		keys: ['w'],
		command: 'why',
		label: 'why',
		description: 'Say why it stands where it stands: verdict, strategy, each finding with what to do, events of the new pods, last log lines',
		modes: ['screen', 'service'],
		footer: 9.1,
		// Before the curl loop.
		footerNow: ({isStuck}) => (isStuck ? 5.5 : undefined),
		disabledReason: unreachable,
	},
	{
		keys: ['l'],
		command: 'logs',
		action: 'logs',
		label: 'logs',
		description: 'Follow the log of the selected pod, or of the one that is in trouble',
		modes: ['screen', 'service', 'details', 'why'],
		footer: {screen: 9.5, service: 9.5, details: 3.5, why: 1},
		disabledReason: noPod,
	},
	{
		keys: ['L'],
		command: 'revision-logs',
		action: 'logs',
		label: 'revision’s logs',
		description: 'Follow the logs of all pods of the selected pod’s revision as one; of the new one where no pod is selected',
		modes: ['screen', 'service'],
		footer: 13,
		disabledReason: noPod,
	},
	{keys: ['/'], command: 'search', label: 'search', description: 'Look for a text in the log', modes: ['logs'], footer: 3},
	{keys: ['n'], command: 'next-match', label: 'next', description: 'To the next line with the text, at first to the newest', modes: ['logs'], footer: 9},
	{keys: ['N'], command: 'previous-match', label: 'previous match', description: 'To the line with the text before', modes: ['logs']},
	{keys: ['f'], command: 'follow', label: 'follow', description: 'Follow new lines, or stand still', modes: ['logs'], footer: 4},
	{keys: ['p'], command: 'previous-logs', label: 'previous', description: 'The container’s run before its restart, and back', modes: ['logs'], footer: 5},
	{keys: ['c'], command: 'next-container', label: 'container', description: 'The next container, init containers too', modes: ['logs'], footer: 6},
	{keys: ['t'], command: 'timestamps', label: 'times', description: 'Show when each line was written', modes: ['logs'], footer: 7},
	{keys: ['w'], command: 'wrap', label: 'wrap', description: 'Wrap long lines, or cut them', modes: ['logs'], footer: 8},
	{
		keys: ['enter'],
		command: 'keep-search',
		label: 'keep',
		description: 'Keep the text that is looked for; n and N go on from match to match',
		modes: ['search'],
		footer: 1,
	},
	{keys: ['escape'], command: 'clear-search', label: 'clear', description: 'Look for nothing', modes: ['search'], footer: 2},
	{
		keys: ['escape', 'q'],
		command: 'close-logs',
		label: 'back',
		description: 'Clear the search; then close the log, and with it its streams',
		modes: ['logs'],
		footer: 2,
	},
];
