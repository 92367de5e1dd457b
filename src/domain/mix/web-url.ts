/** A URL of HTTP; a usual port is left out, an IPv6 address gets its brackets. */
export function webUrl(place: {readonly https: boolean; readonly host: string; readonly port: number; readonly path: string}): string {
	const {https, host, port, path} = place;
	const name = host.includes(':') ? `[${host}]` : host;
	return `${https ? 'https' : 'http'}://${name}${port === (https ? 443 : 80) ? '' : `:${port}`}${path}`;
}
