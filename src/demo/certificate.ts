import {generate} from 'selfsigned';

/** A key and a certificate for loopback, PEM. */
export interface Certificate {
	readonly key: string;
	readonly cert: string;
}

/** Makes a certificate that is valid from a day before `now` (epoch ms) for a month: a demo does not live longer, and its clock may be behind. */
export async function loopbackCertificate(now: number): Promise<Certificate> {
	const dayMs = 86_400_000;
	const {private: key, cert} = await generate([{name: 'commonName', value: 'rollwatch demo'}], {
		keyType: 'ec',
		algorithm: 'sha256',
		notBeforeDate: new Date(now - dayMs),
		notAfterDate: new Date(now + 30 * dayMs),
		extensions: [
			{name: 'basicConstraints', cA: true, critical: true},
			{
				name: 'subjectAltName',
				altNames: [
					{type: 7, ip: '127.0.0.1'},
					{type: 2, value: 'localhost'},
				],
			},
		],
	});
	return {key, cert};
}
