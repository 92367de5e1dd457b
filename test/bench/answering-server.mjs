// A process of its own, so that its clock and its CPU time are not the benchmark's: answers like kubia, and tells its parent when requests came.
import {createServer} from 'node:http';

/** Ms, monotonic, of each request since the last report. @type {number[]} */
let arrivals = [];
const server = createServer((_, response) => {
	arrivals.push(performance.now());
	response.end('This is v2 running in pod bench\n');
});
server.listen(0, '127.0.0.1', () => process.send?.({port: /** @type {import('node:net').AddressInfo} */ (server.address()).port}));
process.on('message', () => {
	process.send?.({arrivals});
	arrivals = [];
});
process.on('disconnect', () => process.exit());
