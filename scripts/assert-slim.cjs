// What the bundle uses instead of node:assert. Where that has no message to tell, it reads and parses the source to quote the line: of a bundle's long
// lines that takes seconds, in which the thread does nothing else, and a server's answer alone can bring it about (`HTTP/1.1 000`).
module.exports = function assert(value, message) {
	if (value) return;
	throw message instanceof Error ? message : Object.assign(new Error(message ?? 'the answer is not what HTTP allows'), {code: 'ERR_ASSERTION'});
};
