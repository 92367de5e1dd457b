import {createServer, type Server, type Socket} from 'node:net';
import {gzipSync} from 'node:zlib';
import {type Listening, listening} from './listening.ts';

const head = (...lines: readonly string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`;

/** Sends a part again and again for as long as anybody reads. */
function endless(socket: Socket, part: string): void {
	const more = () => {
		while (!socket.destroyed && socket.write(part));
	};
	socket.on('drain', more);
	more();
}

/** A thousand times as long as it looks. */
function bomb(): Buffer {
	return gzipSync(Buffer.alloc(1024 * 1024 * 1024, ' '), {level: 1});
}

let made: Buffer | undefined;

/** What a server can do to whoever asks it, by what it is called. */
export const misdeeds: Readonly<Record<string, (socket: Socket) => void>> = {
	'a GB of blanks in a few MB of gzip': socket => {
		made ??= bomb();
		socket.write(head('content-type: application/json', 'content-encoding: gzip', `content-length: ${made.length}`));
		socket.end(made);
	},
	'a body without end': socket => {
		socket.write(head('content-type: application/json', 'connection: close'));
		endless(socket, 'x'.repeat(65_536));
	},
	'a list whose item has no end': socket => {
		socket.write(`${head('content-type: application/json', 'connection: close')}{"metadata":{"resourceVersion":"1"},"items":[{"a":"`);
		endless(socket, 'x'.repeat(65_536));
	},
	'brackets without end': socket => {
		socket.write(`${head('content-type: application/json', 'connection: close')}{"items":[`);
		endless(socket, '[{"a":'.repeat(10_000));
	},
	'a header without end': socket => {
		socket.write('HTTP/1.1 200 OK\r\nx-long: ');
		endless(socket, 'x'.repeat(65_536));
	},
	'headers without end': socket => {
		socket.write('HTTP/1.1 200 OK\r\n');
		endless(socket, 'x-many: 1\r\n'.repeat(5000));
	},
	'ten thousand headers': socket => {
		const many = Array.from({length: 10_000}, (_, index) => `x-${index}: 1`);
		socket.end(`${head(...many, 'content-length: 2')}{}`);
	},
	'a redirect to itself': socket => {
		socket.end('HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n');
	},
	'a byte each second': socket => {
		socket.write(head('content-type: application/json', 'content-length: 1000000'));
		const timer = setInterval(() => socket.write(' '), 1000);
		socket.on('close', () => clearInterval(timer));
	},
};

/** A server that does one of them to everybody. */
export function startBadServer(misdeed: string): Promise<Listening> {
	const sockets = new Set<Socket>();
	const server: Server & {closeAllConnections?: () => void} = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
		socket.once('data', () => misdeeds[misdeed]?.(socket));
	});
	server.closeAllConnections = () => {
		for (const socket of sockets) socket.destroy();
	};
	return listening(server);
}
