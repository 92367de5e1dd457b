import type {Sample} from './sample.ts';
import type {SampleWindow} from './sample-window.ts';
import type {TimelineEntry} from './timeline-entry.ts';
import {furtherVersions, type VersionTrack} from './version-track.ts';

// Silence is an end only when it would be a rare accident. Simulated at steady shares from 5 % to 75 %, one answer a second: these numbers call an end
// that is none less than once in two hours on average. One slow second must not end a version either, however many requests it holds.
const gapsOfSilence = 8;
const fewestOthers = 15;
const quietMs = 5000;

/** True where the version has stopped answering while others went on: silent for longer than chance explains by its own share so far. */
function isSilent(version: VersionTrack, {recognised, newestAt}: SampleWindow): boolean {
	const others = recognised - version.lastOrdinal;
	return others >= Math.max(fewestOthers, gapsOfSilence * version.meanGap) && (newestAt ?? version.lastAt) - version.lastAt >= quietMs;
}

function entry(at: number, kind: 'first-answer' | 'last-answer', text: string): TimelineEntry {
	return {at, kind, tone: 'change', subject: undefined, text, count: 1};
}

/** The track before: nearly always at the same place. */
function trackBefore({version}: VersionTrack, {versions}: SampleWindow, place: number): VersionTrack | undefined {
	return versions[place]?.version === version ? versions[place] : versions.find(candidate => candidate.version === version);
}

function turnOf(version: VersionTrack, known: VersionTrack | undefined, before: SampleWindow, after: SampleWindow): TimelineEntry | undefined {
	if (known === undefined) return entry(version.firstAt, 'first-answer', `first answer from ${version.version}`);
	const wasSilent = isSilent(known, before);
	if (wasSilent && version.lastOrdinal > known.lastOrdinal) return entry(version.lastAt, 'first-answer', `answers from ${version.version} again`);
	if (!wasSilent && isSilent(version, after)) return entry(version.lastAt, 'last-answer', `last answer from ${version.version}`);
	return undefined;
}

/**
 * Timeline lines of what a sample changed: a version answered for the first time, or again after it had stopped, or has stopped (its line then
 * has the time of its last answer). `sample` is the one that made `after` out of `before`.
 */
export function versionTurns(before: SampleWindow, after: SampleWindow, sample: Sample): readonly TimelineEntry[] {
	// Without a version in it nothing has started, and silence is counted in answers of the others.
	if (sample.outcome.kind !== 'version') return [];
	return after.versions.flatMap((version, place) =>
		version.version === furtherVersions ? [] : (turnOf(version, trackBefore(version, before, place), before, after) ?? []),
	);
}
