import {Box, useInput} from 'ink';
import SelectInput from 'ink-select-input';
import type {ReactNode} from 'react';
import {useContext, useEffect, useMemo, useRef, useState} from 'react';
import {summaryText} from '../../domain/change-summary.ts';
import {evidenceText} from '../../domain/last-available.ts';
import {activityText} from '../../domain/revision-activity.ts';
import type {RevisionRow} from '../../store/revision-views.ts';
import {timeOfDay} from '../../store/selectors/time-of-day.ts';
import {frameLines, innerWidth} from '../elements/box.ts';
import {Lines, LineText} from '../elements/line-text.tsx';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import type {Rect} from '../layout.ts';
import type {Line} from '../line.ts';
import {emptyLine, line, lineText, span} from '../line.ts';
import {wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {ThemeContext} from '../theme.ts';
import {dialogChrome} from './dialog-lines.ts';

/** How many words of a change the list has room for. */
function wordsFor(width: number): number {
	if (width >= 110) return 3;
	return width >= 90 ? 2 : 1;
}

function differsText({current, differs}: RevisionRow, most: number): string {
	if (differs.length > 0) return summaryText(differs, most);
	return current ? '(now)' : 'same as now';
}

function causeText({changeCause, isCauseStale}: RevisionRow): string {
	if (changeCause === undefined) return '(none)';
	return isCauseStale ? 'same as before' : changeCause;
}

function columns(rows: readonly RevisionRow[], width: number, theme: Theme): readonly Column<RevisionRow>[] {
	const was = {title: 'WAS', value: (row: RevisionRow) => row.formerNumbers.join(', '), flexible: 5, prose: true, leaves: 5} as const;
	return [
		{title: 'REV', value: row => `${row.current ? theme.glyphs.current : ' '} ${row.revision}`, align: 'right'},
		{title: ' ', value: row => (row.lastAvailable === undefined ? ' ' : theme.glyphs.tone.good)},
		{title: 'DIFFERS FROM NOW', value: row => differsText(row, wordsFor(width)), flexible: 20, prose: true},
		{title: 'LAST ACTIVE', value: row => row.lastActive?.when ?? '', leaves: 1},
		{title: 'FOR', value: row => row.lastActive?.lasted ?? '', leaves: 4},
		{title: 'READY', value: row => String(row.ready), align: 'right', leaves: 2},
		...(rows.some(row => row.formerNumbers.length > 0) ? [was] : []),
		{title: 'AGE', value: row => row.age, align: 'right', leaves: 6},
		{title: 'CHANGE-CAUSE', value: causeText, flexible: 14, prose: true, leaves: 3},
	];
}

/** The chosen revision in full, most important first: the list has room for one line each. */
function chosenLines(row: RevisionRow | undefined, width: number, most: number, theme: Theme): Line[] {
	if (row === undefined) return [];
	const was = row.formerNumbers.length === 0 ? '' : ` (was ${row.formerNumbers.join(', ')})`;
	const mark = theme.glyphs.tone.good;
	const parts = [
		`revision ${row.revision}${row.current ? ' (now)' : ''}${was}, ${row.replicaSet}, ${row.images.join(', ')}`,
		row.differs.length === 0 ? 'the same template as now' : `differs from now: ${row.differs.join(', ')}`,
		row.lastAvailable && `${mark} the last one that was completely available: ${evidenceText(row.lastAvailable, timeOfDay)}`,
		`change-cause: ${row.changeCause ?? '(none)'}${row.isCauseStale ? ' (same as before)' : ''}`,
		`${row.lastActive === undefined ? '' : `active ${activityText(row.lastActive)}; `}made ${row.age} ago; ${row.ready} ready`,
	];
	const lines = parts.filter(text => text !== undefined).map(text => line(wrapAtMost(text, width, 1)[0] ?? ''));
	return Array.from({length: most}, (_, index) => lines[index] ?? emptyLine);
}

/** The newest revision that one can go to. */
export function firstMarked(rows: readonly RevisionRow[]): number {
	return Math.max(
		0,
		rows.findIndex(row => !row.current),
	);
}

/**
 * The history as a list to choose from. ink-select-input chooses at once when a digit is pressed, by its place in the
 * list and not by its revision; only Enter may choose here. `rows` must not change while it is open: the cursor would jump.
 */
export function RevisionsDialog({
	rows,
	rect,
	marked,
	onMark,
	onMoved,
	onListening,
	onChoose,
}: {
	readonly rows: readonly RevisionRow[];
	readonly rect: Rect;
	/** Place of the row that the cursor begins at, and where it is from then on. */
	readonly marked: number;
	readonly onMark: (index: number) => void;
	/** The mark moves there. */
	readonly onMoved: (index: number) => void;
	/** The list listens to keys from now on, with its mark there; what comes back, when it does so no more. */
	readonly onListening: (index: number) => () => void;
	readonly onChoose: (row: RevisionRow) => void;
}) {
	const theme = useContext(ThemeContext);
	const [highlighted, setHighlighted] = useState(marked);
	// Effects of what is inside come first: the list listens when this runs.
	useEffect(() => onListening(highlighted), [onListening, highlighted]);
	const lastKeyWasEnter = useRef(false);
	// What is marked on the screen is what Enter takes: the list's own idea of it may be one frame behind.
	const shown = useRef(highlighted);
	const chrome = dialogChrome(rect.width, rect.height);
	const width = innerWidth(chrome, rect.width);
	const table = useMemo(() => tableLines(columns(rows, width, theme), rows, width - 2), [rows, width, theme]);
	const items = useMemo(() => rows.map((_row, index) => ({key: String(index), label: lineText(table.rows[index] ?? []), value: index})), [rows, table]);
	const detailRows = rect.height >= 16 ? 5 : 3;
	const details = rect.height >= 12 ? [emptyLine, ...chosenLines(rows[highlighted], width, detailRows, theme)] : [];
	const room = Math.max(1, rect.height - (chrome === 'box' ? 2 : 1) - 1 - details.length);
	const boxRows = Math.min(rect.height - 1, Math.min(room, rows.length) + 1 + details.length + (chrome === 'box' ? 1 : 0));
	return (
		<Box flexDirection="column" height={rect.height}>
			<EnterWatch
				onKey={isEnter => {
					lastKeyWasEnter.current = isEnter;
				}}
			/>
			<LineText line={titleOf(rect.width, chrome, theme)} />
			<Framed width={rect.width} height={boxRows} chrome={chrome}>
				<LineText line={[span('  '), ...table.heading]} />
				<SelectInput
					items={items}
					initialIndex={highlighted}
					limit={room}
					indicatorComponent={Cursor}
					itemComponent={Row}
					onHighlight={item => {
						if (item.value === shown.current) return;
						onMoved(item.value);
						shown.current = item.value;
						onMark(item.value);
						setHighlighted(item.value);
					}}
					onSelect={() => {
						const row = rows[shown.current];
						if (lastKeyWasEnter.current && row !== undefined) onChoose(row);
					}}
				/>
				<Lines lines={details} />
			</Framed>
		</Box>
	);
}

function titleOf(width: number, chrome: 'box' | 'rule', theme: Theme): Line {
	return frameLines({title: line('Go to which revision?', 'title'), lines: [], width, height: 1, chrome}, theme)[0] ?? [];
}

/** The list is a component of its own, so its frame is ink's; the title line above it is ours. */
function Framed({
	width,
	height,
	chrome,
	children,
}: {
	readonly width: number;
	readonly height: number;
	readonly chrome: 'box' | 'rule';
	readonly children: ReactNode;
}) {
	const theme = useContext(ThemeContext);
	const size = {flexDirection: 'column', width, height, overflow: 'hidden', paddingLeft: 1} as const;
	if (chrome === 'rule') return <Box {...size}>{children}</Box>;
	return (
		<Box {...size} borderStyle={theme.ascii ? 'classic' : 'round'} borderTop={false} borderDimColor={theme.look('border').dimColor === true}>
			{children}
		</Box>
	);
}

/** Subscribes to the keys before the list below it does, and so knows which key a choice came from. */
function EnterWatch({onKey}: {readonly onKey: (isEnter: boolean) => void}) {
	useInput((_input, key) => onKey(key.return));
	return null;
}

function Cursor({isSelected}: {readonly isSelected?: boolean}) {
	const theme = useContext(ThemeContext);
	return <LineText line={isSelected ? line(`${theme.glyphs.current} `, 'strong') : line('  ')} />;
}

function Row({label, isSelected}: {readonly label: string; readonly isSelected?: boolean}) {
	return <LineText line={line(label, isSelected ? 'selected' : 'plain')} />;
}
