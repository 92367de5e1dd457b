const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Whether a text is a moment as the kubelet writes it in front of a log line: RFC 3339, up to nanoseconds. */
export function isStamp(text: string): boolean {
	return shape.test(text);
}

function partsOf(stamp: string): readonly [seconds: number, nanoseconds: number] {
	const [, seconds = '', fraction = '', zone = 'Z'] = shape.exec(stamp) ?? [];
	return [Date.parse(`${seconds}${zone}`), Number(fraction.padEnd(9, '0'))];
}

/** Which of two moments was first: below zero the left one. Nodes write their own time zone, and some leave out the zeros at the end. */
export function compareStamps(left: string, right: string): number {
	if (left === right) return 0;
	if (left.length === right.length && left.endsWith('Z') && right.endsWith('Z')) return left < right ? -1 : 1;
	const [leftSeconds, leftNanoseconds] = partsOf(left);
	const [rightSeconds, rightNanoseconds] = partsOf(right);
	return leftSeconds - rightSeconds || leftNanoseconds - rightNanoseconds;
}
