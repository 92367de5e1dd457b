import {programOf} from '../image-name.ts';
import type {RevisionImages} from '../match-revision.ts';

// `a` and `ui` stand in too many titles to name anything.
const shortestName = 3;

/** Letters and digits only, in small letters, words apart: ` welcome to nginx `, ` getting started `. */
function words(text: string): string {
	return ` ${text
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, ' ')
		.trim()} `;
}

/**
 * uid of the only revision in use whose program a page's title names, where different programs stand behind a Service: `Welcome to nginx!` ↔
 * `nginx:1.22`, `Getting Started` ↔ `docker/getting-started`. Undefined where the title names none of them, or several: then it does not say whose
 * page it is.
 */
export function matchProgram(title: string, revisions: readonly RevisionImages[]): string | undefined {
	const said = words(title);
	const isNamed = (image: string) => {
		const name = words(programOf(image));
		return name.length - 2 >= shortestName && said.includes(name);
	};
	const named = revisions.filter(({inUse, images}) => inUse && images.some(isNamed));
	return named.length === 1 ? named[0]?.uid : undefined;
}
