import {join} from 'node:path';

/** An esbuild plugin that leaves out what the program can't reach in two large dependencies: what is not there need not be read at every start. */
export function slim(root) {
	return {
		name: 'slim',
		setup({onResolve, onLoad}) {
			onResolve({filter: /^undici$/}, () => ({path: join(root, 'scripts/undici-slim.cjs')}));
			onResolve({filter: /^undici-lib\//}, ({path}) => ({path: join(root, 'node_modules/undici/lib', path.slice('undici-lib/'.length))}));
			// Only client-node's auth providers are used, never its typed API.
			onLoad({filter: /client-node\/dist\/gen\/index\.js$/}, () => ({
				contents: "export const createConfiguration = () => {throw new Error('unused');}; export class ServerConfiguration {}",
			}));
		},
	};
}
