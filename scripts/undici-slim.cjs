// What the program uses of undici, without fetch, WebSocket, caches and mocks: a quarter of the bundle.
// The absolute folder is put in by the build: the package's `exports` name no single files.
const Dispatcher = require('undici-lib/dispatcher/dispatcher.js');
Object.assign(Dispatcher.prototype, require('undici-lib/api/index.js'));
module.exports = {
	Dispatcher,
	Agent: require('undici-lib/dispatcher/agent.js'),
	Client: require('undici-lib/dispatcher/client.js'),
	ProxyAgent: require('undici-lib/dispatcher/proxy-agent.js'),
	buildConnector: require('undici-lib/core/connect.js'),
	// Loaded when asked for, like the next one, which warns that it is experimental.
	get H2CClient() {
		return require('undici-lib/dispatcher/h2c-client.js');
	},
	get Socks5ProxyAgent() {
		return require('undici-lib/dispatcher/socks5-proxy-agent.js');
	},
};
