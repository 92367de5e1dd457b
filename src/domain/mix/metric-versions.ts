// A sample whose value is 1 and whose labels say something: `shop_build_info{version="1.2.0"} 1`.
const infoLine = /^([a-z_:][\w:]{0,200}_info)\{([^{}\n]{1,2000})\} 1(?:\.0)?\s*$/gim;

// What the program was made of, told by the clients of Prometheus themselves.
const ofSomethingElse = /^(?:go|python|jvm|java|node|nodejs|nodejs_version|process|dotnet|ruby|php|erlang|os|promhttp)_/;
const labels = ['version', 'service_version', 'app_version', 'revision', 'commit'];
const nothing = /^(?:|\(devel\)|unknown|none|null)$/i;

/** True for a page of metrics in the text format of Prometheus or OpenMetrics. */
export function isMetrics(text: string): boolean {
	return /^\s{0,8}# (?:HELP|TYPE|UNIT) /.test(text);
}

function labelOf(text: string, name: string): string | undefined {
	const value = new RegExp(`(?:^|,)\\s?${name}="([\\w.+@/:-]{1,128})"`).exec(text)?.[1];
	return value === undefined || nothing.test(value) ? undefined : value;
}

/** The versions in `…_info` metrics of the program: not those of its language, which every program tells. */
export function metricVersions(text: string): readonly string[] {
	const infos = [...text.matchAll(infoLine)].filter(([, name = '']) => !ofSomethingElse.test(name));
	return infos.flatMap(([, , pairs = '']) => labels.map(name => labelOf(pairs, name)).find(value => value !== undefined) ?? []);
}
