import type {Command} from '../domain/command.ts';
import type {TemplateContainer} from '../domain/template-containers.ts';
import type {KeyPress} from './keys.ts';
import {editLine, type LineEditor, lineEditorOf} from './line-editor.ts';
import type {Step} from './ui-state.ts';
import {stepped} from './ui-state.ts';

/** An image as it is edited. `line` absent: the container is still to be chosen. */
export type ImageEditor = {
	readonly kind: 'image';
	readonly workload: string | undefined;
	readonly name: string;
	readonly containers: readonly TemplateContainer[];
	readonly index: number;
	readonly line: LineEditor | undefined;
};

// distribution/reference allows names of 255, tags of 128, and digests; a registry's port besides.
const longestImage = 600;

/** Begins with the choice of a container; where there is only one, with its image. */
export function imageEditorOf(name: string, containers: readonly TemplateContainer[], workload: string | undefined): ImageEditor {
	const editor: ImageEditor = {kind: 'image', workload, name, containers, index: 0, line: undefined};
	return containers.length === 1 ? chooseContainer(editor) : editor;
}

/** The container whose image is edited, or that is marked. */
export function containerOf({containers, index}: ImageEditor): TemplateContainer | undefined {
	return containers[index];
}

/** Another container is marked. */
export function moveContainer(editor: ImageEditor, step: Step): ImageEditor {
	return {...editor, index: stepped(editor.index, step, Math.max(0, editor.containers.length - 1))};
}

/** The marked container's image is edited, from what it is now. */
export function chooseContainer(editor: ImageEditor): ImageEditor {
	const container = containerOf(editor);
	return container === undefined ? editor : {...editor, line: lineEditorOf(container.image)};
}

/** What a key makes of the image; undefined where it is none of the line's keys. */
export function typeImage(editor: ImageEditor, press: KeyPress): ImageEditor | undefined {
	const line = editor.line && editLine(editor.line, press, longestImage);
	return line === undefined ? undefined : {...editor, line};
}

/** What the editor asks for; undefined as long as no image is edited. */
export function imageCommand(editor: ImageEditor): Command | undefined {
	const container = containerOf(editor);
	if (container === undefined || editor.line === undefined) return undefined;
	const {workload, line} = editor;
	return {
		kind: 'set-image',
		container: container.name,
		image: line.text,
		...(container.init ? {init: true} : {}),
		...(workload === undefined ? {} : {workload}),
	};
}
