/** Parts of names that say secret wherever they stand, separators left out. */
const telling =
	/passw|passphrase|secret|token(?!iz)|api-?key|access-?key|account-?key|credential|private|connection-?str|conn-?str|authoriz|bearer|webhook|encryption|signing-?key/;
/** Words that say it alone: `auth`, but not `author`. */
const tellingWords = new Set(['auth', 'oauth', 'pass', 'pwd', 'dsn', 'jwt', 'cookie', 'creds', 'cred', 'salt', 'sig', 'signature', 'pin', 'otp']);
/** What of a secret is none: where it lies, how long it lives, what kind it is. */
const besides = new Set(
	'file,path,dir,name,ttl,timeout,seconds,expiry,expiration,expires,lifetime,interval,enabled,disabled,type,mode,method,issuer,length,size,ref,algorithm,count,max,min,limit,url,uri,host,endpoint,port'.split(
		',',
	),
);
/** Texts of which none can be a secret, however its field is called. */
const harmless = /^(?:|true|false|yes|no|on|off|none|null|nil|disabled|enabled)$/i;
/** Under a name of `besides`: a number with its unit, a path, a URL that carries nothing, a word of small letters. */
const plain =
	/^(?:\d{1,12}(?:\.\d+)?(?:ms|s|m|h|d|[KMGT]i?)?|\.{0,2}\/[\w./-]{0,200}|[a-z][a-z\d+.-]*:\/\/[\w.:-]+(?:\/[\w.~-]{0,20}){0,6}\/?|[a-z]+(?:[._-][a-z\d]{1,12}){0,6})$/;

function wordsOf(name: string): readonly string[] {
	return name
		.slice(0, 500)
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z\d]+/)
		.filter(word => word !== '');
}

function isTelling(words: readonly string[]): boolean {
	if (telling.test(words.join('-')) || telling.test(words.join(''))) return true;
	// `KEY` and `PWD` alone are the usual names of what everyone may know.
	if (words.length > 1 && words.at(-1) === 'key') return true;
	return words.some(word => tellingWords.has(word) && !(word === 'pwd' && words.length === 1));
}

/** Whether a name says that what stands under it is for few: `DB_PASSWORD`, `apiKey`, `--auth`. */
export function isSecretName(name: string): boolean {
	return isTelling(wordsOf(name));
}

/** Whether this value under this name is for few: too many is better than one too few, but not what tells nothing (`AUTH_ENABLED=true`, `TOKEN_FILE=/run/token`). */
export function isSecretUnder(name: string, value: string): boolean {
	if (harmless.test(value)) return false;
	const words = wordsOf(name);
	return isTelling(words) && !(words.some(word => besides.has(word)) && plain.test(value));
}
