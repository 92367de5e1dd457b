import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo, useContext} from 'react';
import type {Line} from '../line.ts';
import {mergeSpans} from '../line.ts';
import {ThemeContext} from '../theme.ts';

/** One line. Memoised by identity: an unchanged line costs React nothing. */
export const LineText = memo(function LineText({line}: {readonly line: Line}) {
	const theme = useContext(ThemeContext);
	const spans = mergeSpans(line);
	// An empty Text has no height in ink; the row must stay.
	if (spans.length === 0) return <Text> </Text>;
	return (
		<Text wrap="truncate">
			{spans.map((part, index) =>
				part.spinner ? (
					<Text key={index} {...theme.look(part.style)}>
						<Spinner type="simpleDots" />
					</Text>
				) : (
					<Text key={index} {...theme.look(part.style)}>
						{theme.drawn(part.text)}
					</Text>
				),
			)}
		</Text>
	);
});

/** Lines below each other. */
export function Lines({lines}: {readonly lines: readonly Line[]}) {
	return (
		<Box flexDirection="column">
			{lines.map((line, index) => (
				<LineText key={index} line={line} />
			))}
		</Box>
	);
}
