// Of keys that come as sequences only those are understood that change nothing anywhere, and the two that lead out. What a terminal answers or reports
// (modes, places, colours, the mouse, focus) looks much the same: `CSI ? 2026 ; 2 $ y` is no `y`.

const letters: Readonly<Record<string, string>> = {A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end'};
/** rxvt: with Shift, and after ESC O with Ctrl. */
const smallLetters: Readonly<Record<string, string>> = {a: 'up', b: 'down', c: 'right', d: 'left'};
const numbers: Readonly<Record<string, string>> = {1: 'home', 7: 'home', 4: 'end', 8: 'end', 3: 'backspace', 5: 'page-up', 6: 'page-down'};
/** Unicode's or the keyboard's numbers, as the newer protocols tell them. */
const codes: Readonly<Record<string, string>> = {9: 'tab', 27: 'escape', 127: 'backspace', 8: 'backspace'};
const controlCodes: Readonly<Record<string, string>> = {99: 'ctrl+c', 3: 'ctrl+c', 122: 'ctrl+z', 26: 'ctrl+z'};
/** Virtual key codes of Windows. */
const virtualKeys: Readonly<Record<string, string>> = {
	8: 'backspace',
	9: 'tab',
	27: 'escape',
	33: 'page-up',
	34: 'page-down',
	35: 'end',
	36: 'home',
	37: 'left',
	38: 'up',
	39: 'right',
	40: 'down',
};

/** The key of `ESC O …`: arrows, Home and End of a keypad in application mode. */
export function keypadKey(final: string): string | undefined {
	return letters[final] ?? smallLetters[final];
}

/** The key of `CSI parameters final`; undefined for what is none, or none that is understood. */
export function sequenceKey(parameters: string, final: string): string | undefined {
	switch (final) {
		case '~':
			return tildeKey(parameters);
		case '^':
		case '$':
			return numbers[parameters];
		case 'u':
			return coded(parameters);
		case '_':
			return windowsKey(parameters);
		case 'Z':
			return parameters === '' || parameters === '1;2' ? 'shift+tab' : undefined;
	}
	if (parameters === '') return letters[final] ?? smallLetters[final];
	return isPress(/^1;(\d+)(?::(\d))?$/.exec(parameters)) ? letters[final] : undefined;
}

/** xterm's `27;modifiers;code~` (modifyOtherKeys) is the other way to tell what `code;modifiers u` tells. */
function tildeKey(parameters: string): string | undefined {
	const other = /^27;(\d+);(\d+)$/.exec(parameters);
	if (other !== null) return coded(`${other[2]};${other[1]}`);
	const plain = /^(\d+)(?:;(\d+)(?::(\d))?)?$/.exec(parameters);
	const isReleased = plain?.[3] === '3';
	return isReleased ? undefined : numbers[plain?.[1] ?? ''];
}

function isPress(match: RegExpExecArray | null): boolean {
	return match !== null && match[2] !== '3';
}

const shift = 1;
const control = 4;
/** Caps Lock and Num Lock are no modifiers to a person. */
const locks = 64 + 128;

/** kitty's protocol: `code[:…];modifiers[:event][;text]`. A letter is none of those that are understood: each may act. */
function coded(parameters: string): string | undefined {
	const match = /^(\d+)(?::[\d:]*)?(?:;(\d*)(?::(\d))?)?(?:;[\d:]*)?$/.exec(parameters);
	if (match === null || match[3] === '3') return undefined;
	const [, code = ''] = match;
	const modifiers = Math.max(0, Number(match[2] || 1) - 1) & ~locks;
	if (modifiers === control) return controlCodes[code];
	if (modifiers === shift && code === '9') return 'shift+tab';
	return modifiers === 0 ? codes[code] : undefined;
}

const shiftPressed = 0x10;

/** win32-input-mode: `Vk;Sc;Uc;Kd;Cs;Rc`, where what stands for 0 may be left out. */
function windowsKey(parameters: string): string | undefined {
	if (!/^\d*(;\d*){0,5}$/.test(parameters)) return undefined;
	const [key = '', , character = '', isDown, state] = parameters.split(';');
	if (isDown !== '1') return undefined;
	if (character === '3' || character === '26') return controlCodes[character];
	const name = virtualKeys[key];
	return name === 'tab' && (Number(state) & shiftPressed) !== 0 ? 'shift+tab' : name;
}
