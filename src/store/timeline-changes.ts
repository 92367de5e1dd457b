import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {StreamName} from '../domain/stream.ts';
import type {State} from './state.ts';
export function changeEntries(_before: State, _after: State, _stream: StreamName, _at: number): readonly TimelineEntry[] { return []; }
export function availabilityEntries(_state: State, _at: number): readonly TimelineEntry[] { return []; }
