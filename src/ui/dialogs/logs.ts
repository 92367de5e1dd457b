import {counted} from '../../domain/counted.ts';
import {endPlace, inSight} from '../../domain/log/log-place.ts';
import {matchesOf} from '../../domain/log/log-search.ts';
import type {LogFeed, LogPod} from '../../store/log-feed.ts';
import {frameLines} from '../elements/box.ts';
import type {Rect} from '../layout.ts';
import type {Line} from '../line.ts';
import {cutLine, emptyLine, line, span, spread} from '../line.ts';
import type {LogScreen} from '../log-screen.ts';
import {wrap} from '../text.ts';
import type {Theme} from '../theme.ts';
import {logRows} from './log-rows.ts';

/** Room for the log's own rows: under the title, above the line that says how it stands. */
export function logRoom({width, height}: Pick<Rect, 'width' | 'height'>): {readonly width: number; readonly rows: number} {
	return {width: Math.max(1, width - 2), rows: Math.max(1, height - 2)};
}

function titleOf({containers, container}: LogFeed, {wish}: LogScreen): Line {
	const {scope} = wish;
	const whose = scope.kind === 'pod' ? scope.name : scope.revision === undefined ? 'new pods' : `pods of revision ${scope.revision}`;
	const which = container !== undefined && containers.length > 1 ? ` · ${container} (${containers.indexOf(container) + 1} of ${containers.length})` : '';
	return [span('Logs', 'title'), span(` · ${whose}${which}`), span(wish.previous ? ' · previous run' : '', 'change')];
}

const stateWords: Readonly<Record<LogPod['state'], string>> = {
	opening: 'reading…',
	open: '',
	waiting: 'waiting to start',
	lost: 'stream lost, trying again',
	ended: 'run has ended',
	gone: 'deleted',
};

/** How the streams stand: one in words, several counted. */
function streamsText({pods, unread}: LogFeed): string {
	const [only] = pods;
	if (only === undefined) return 'no pod';
	if (pods.length === 1) return stateWords[only.state];
	const states = [...new Set(pods.map(({state}) => state))].filter(state => stateWords[state] !== '');
	const counts = states.map(state => `${pods.filter(pod => pod.state === state).length} ${stateWords[state]}`);
	return [`${pods.length} pods`, ...counts, ...(unread > 0 ? [`${unread} more are not read`] : [])].join(' · ');
}

function searchText(query: string, matches: readonly number[], match: number | undefined): string {
	if (query === '') return '';
	if (matches.length === 0) return 'not found';
	const index = match === undefined ? -1 : matches.indexOf(match);
	return index === -1 ? counted(matches.length, 'line') : `${index + 1} of ${matches.length}`;
}

function statusLine(feed: LogFeed, screen: LogScreen, matches: readonly number[], width: number): Line {
	const found = searchText(screen.query, matches, screen.match);
	if (screen.typing) return cutLine([span('/ ', 'key'), span(screen.query), span(' ', 'selected'), span(`  ${found}`, 'quiet')], width);
	const {entries, dropped} = feed.buffer;
	const older = dropped === 0 ? '' : `, ${dropped} older dropped`;
	const facts = [`${entries.length} lines${older}`, streamsText(feed)].filter(text => text !== '').join(' · ');
	const search: Line = screen.query === '' ? [] : [span(`“${screen.query}” ${found}`, 'change')];
	return cutLine(spread([span(facts, 'quiet')], search, width), width);
}

/** Why there is nothing to read. */
function emptyLines({problem, pods}: LogFeed, width: number): Line[] {
	if (problem !== undefined) return wrap(problem, width).map(text => line(text, 'bad'));
	const why = pods.find(pod => pod.why !== '')?.why;
	return wrap(why ?? (pods.some(({state}) => state === 'opening' || state === 'open') || pods.length === 0 ? 'reading…' : 'there are no lines'), width).map(
		text => line(text, 'change'),
	);
}

/** The log in its place: the newest lines, or those from where it was scrolled to. */
export function logLines(feed: LogFeed, screen: LogScreen, rect: Rect, theme: Theme): Line[] {
	const {width, rows} = logRoom(rect);
	const {entries} = feed.buffer;
	const {rowsOf, linesOf} = logRows(feed, screen, width, theme);
	const top = screen.place ?? endPlace(entries, rows, rowsOf);
	const sight = top === undefined ? {shown: [], below: 0} : inSight(entries, top, rows, rowsOf);
	const shown = sight.shown.flatMap(({entry, from, to}) => linesOf(entry, from, to));
	const problem = feed.problem === undefined || entries.length === 0 ? [] : [line(feed.problem, 'bad')];
	const body = entries.length === 0 ? emptyLines(feed, width) : [...shown.slice(problem.length), ...problem];
	const filled = Array.from({length: rows}, (_, index) => body[index] ?? emptyLine);
	const right: Line =
		screen.place === undefined ? [span('following', 'good')] : [span(sight.below > 0 ? `${sight.below} below (G)` : 'not following (f)', 'change')];
	const matches = matchesOf(entries, screen.query);
	const lines = [...filled, statusLine(feed, screen, matches, width)];
	return frameLines(
		{title: titleOf(feed, screen), right: screen.wish.previous ? [] : right, lines, width: rect.width, height: rect.height, chrome: 'rule'},
		theme,
	);
}
