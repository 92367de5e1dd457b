/** A field of a protobuf message as it is on the wire: its number, and a number or bytes. */
export interface WireField {
	readonly number: number;
	readonly value: bigint | Buffer;
}

/** The fields of a message, in order. Throws for bytes that are no message. protobuf.dev: programming-guides/encoding. */
export function* wireFields(bytes: Buffer): Generator<WireField> {
	let at = 0;
	const varint = () => {
		let value = 0n;
		for (let shift = 0n; shift < 70n; shift += 7n) {
			const byte = bytes[at++];
			if (byte === undefined) break;
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return BigInt.asUintN(64, value);
		}
		throw new Error('unexpected end of a number');
	};
	const take = (length: number) => {
		if (length > bytes.length - at) throw new Error('unexpected EOF');
		at += length;
		return bytes.subarray(at - length, at);
	};
	while (at < bytes.length) {
		const key = varint();
		const number = Number(key >> 3n);
		switch (Number(key & 7n)) {
			case 0:
				yield {number, value: varint()};
				break;
			case 1:
				yield {number, value: take(8)};
				break;
			case 2:
				yield {number, value: take(Number(varint()))};
				break;
			case 5:
				yield {number, value: take(4)};
				break;
			default:
				throw new Error('illegal wire type');
		}
	}
}
