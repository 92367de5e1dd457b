import {Box, useInput} from 'ink';
import SelectInput from 'ink-select-input';
import {useContext, useMemo, useRef, useState} from 'react';
import type {RevisionRow} from '../../store/views.ts';
import {frameLines, innerWidth} from '../elements/box.ts';
import {Lines, LineText} from '../elements/line-text.tsx';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import type {Rect} from '../layout.ts';
import type {Line} from '../line.ts';
import {line, lineText, span} from '../line.ts';
import {wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {ThemeContext} from '../theme.ts';
import {dialogChrome} from './dialog-lines.ts';

const columns: readonly Column<RevisionRow>[] = [
	{title: 'REV', value: row => String(row.revision), align: 'right'},
	{title: 'IMAGES', value: row => row.images.join(', '), flexible: 12},
	{title: 'READY', value: row => String(row.ready), align: 'right', leaves: 2},
	{title: 'AGE', value: row => row.age, align: 'right', leaves: 1},
	{title: 'CHANGE-CAUSE', value: row => (row.current ? `(current) ${row.changeCause ?? '<none>'}` : (row.changeCause ?? '<none>')), leaves: 3},
];

/** The chosen revision in full: the list has room for one line each. */
function chosenLines(row: RevisionRow | undefined, width: number): Line[] {
	if (row === undefined) return [];
	const parts = [
		`revision ${row.revision}${row.current ? ' (current)' : ''}, ${row.replicaSet}`,
		row.images.join(', '),
		`change-cause: ${row.changeCause ?? '<none>'}`,
	];
	return parts.map(text => line(wrapAtMost(text, width, 1)[0] ?? ''));
}

/**
 * The history as a list to choose from. ink-select-input chooses at once when a digit is pressed, by its place in the
 * list and not by its revision; only Enter may choose here. `rows` must not change while it is open: the cursor would jump.
 */
export function RevisionsDialog({
	rows,
	rect,
	onChoose,
}: {
	readonly rows: readonly RevisionRow[];
	readonly rect: Rect;
	readonly onChoose: (row: RevisionRow) => void;
}) {
	const theme = useContext(ThemeContext);
	const [highlighted, setHighlighted] = useState(
		Math.max(
			0,
			rows.findIndex(row => !row.current),
		),
	);
	const lastKeyWasEnter = useRef(false);
	const chrome = dialogChrome(rect.width, rect.height);
	const width = innerWidth(chrome, rect.width);
	const table = useMemo(() => tableLines(columns, rows, width - 2), [rows, width]);
	const items = useMemo(() => rows.map((_row, index) => ({key: String(index), label: lineText(table.rows[index] ?? []), value: index})), [rows, table]);
	const details = rect.height >= 12 ? ['', ...chosenLines(rows[highlighted], width)] : [];
	const room = Math.max(1, rect.height - (chrome === 'box' ? 2 : 1) - 1 - details.length);
	const above = frameTop(rect, chrome, theme);
	return (
		<Box flexDirection="column" height={rect.height} overflow="hidden">
			<EnterWatch
				onKey={isEnter => {
					lastKeyWasEnter.current = isEnter;
				}}
			/>
			<Lines lines={[above, [span(chrome === 'box' ? '    ' : '   '), ...table.heading]]} />
			<Box paddingLeft={chrome === 'box' ? 2 : 1}>
				<SelectInput
					items={items}
					initialIndex={highlighted}
					limit={room}
					indicatorComponent={Cursor}
					itemComponent={Row}
					onHighlight={item => setHighlighted(item.value)}
					onSelect={item => {
						const row = rows[item.value];
						if (lastKeyWasEnter.current && row !== undefined) onChoose(row);
					}}
				/>
			</Box>
			<Box flexDirection="column" paddingLeft={chrome === 'box' ? 2 : 1}>
				{details.map((text, index) => (
					<LineText key={index} line={typeof text === 'string' ? line(text) : text} />
				))}
			</Box>
		</Box>
	);
}

function frameTop(rect: Rect, chrome: 'box' | 'rule', theme: Theme): Line {
	return (
		frameLines(
			{title: line('Go to which revision?', 'title'), lines: [], width: rect.width, height: 1, chrome: chrome === 'box' ? 'rule' : chrome},
			theme,
		)[0] ?? []
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
