/** Lines as HTTP ends them. */
export const crlf = (...lines: readonly string[]) => `${lines.join('\r\n')}`;
/** What servers have been seen to send, byte for byte. */
export const answers: Readonly<Record<string, string | Buffer>> = {
	'a short text': crlf('HTTP/1.1 200 OK', 'X-Version: v2', 'Content-Length: 3', '', 'v2\n'),
	'an empty body': crlf('HTTP/1.1 200 OK', 'Content-Length: 0', '', ''),
	'no reason phrase': crlf('HTTP/1.1 200', 'Content-Length: 2', '', 'ok'),
	'a bad status': crlf('HTTP/1.1 503 Service Unavailable', 'Content-Length: 5', '', 'sorry'),
	'a redirect, which is not followed': crlf('HTTP/1.1 302 Found', 'Location: /elsewhere', 'Content-Length: 0', '', ''),
	'headers that come twice': crlf('HTTP/1.1 200 OK', 'Set-Cookie: a=1', 'set-cookie: b=2', 'Content-Length: 0', '', ''),
	'a body like the facts of the line': crlf('HTTP/1.1 200 OK', 'Content-Length: 40', '', '2 SFRUUC8= 200 0.1 0.1 5 ip=127.0.0.1 0\n\n'.slice(0, 40)),
	'a body like a head': crlf('HTTP/1.1 200 OK', 'Content-Length: 36', '', 'HTTP/1.1 500 Oops\r\nX-Version: v9\r\n\r\n'.slice(0, 36)),
	chunks: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '2', 'v3', '1', '\n', '0', '', ''),
	'bytes that are no text': Buffer.concat([Buffer.from(crlf('HTTP/1.1 200 OK', 'Content-Length: 5', '', '')), Buffer.from([0, 255, 10, 13, 0])]),
	'UTF-8 and escapes': Buffer.from(crlf('HTTP/1.1 200 OK', 'Content-Length: 15', '', 'größe\u001b[31m €'.slice(0, 11))),
	'an interim answer before': crlf('HTTP/1.1 103 Early Hints', 'Link: </a.css>', '', 'HTTP/1.1 200 OK', 'X-Version: v4', 'Content-Length: 2', '', 'v4'),
	'more than is kept': crlf('HTTP/1.1 200 OK', 'Content-Length: 300000', '', 'x'.repeat(300_000)),
	'an end in the middle of the body': crlf('HTTP/1.1 200 OK', 'Content-Length: 100', '', 'only this'),
	'what is no HTTP': 'SSH-2.0-OpenSSH_9.2\r\n',
	'an end without a word': '',
};
