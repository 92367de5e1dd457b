// `npm run sbom >sbom.cdx.json`: the bill of materials of what is published, as CycloneDX. It is read from the lock file; nothing is asked of a network.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const {name} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Not without dev: npm 11 then leaves out a package, too, that the program and its tools have in common (tslib).
const args = ['sbom', '--include', 'dev', '--package-lock-only', '--sbom-type', 'application', '--sbom-format', 'cyclonedx'];
const bill = JSON.parse(execFileSync('npm', args, {cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit']}));

const isTool = ({properties = []}) => properties.some(({name: property, value}) => property === 'cdx:npm:package:development' && value === 'true');
const tools = new Set(bill.components.filter(isTool).map(component => component['bom-ref']));
const withoutTools = refs => refs?.filter(ref => !tools.has(ref));

bill.components = bill.components.filter(component => !tools.has(component['bom-ref']));
bill.dependencies = bill.dependencies.filter(({ref}) => !tools.has(ref)).map(entry => ({...entry, dependsOn: withoutTools(entry.dependsOn)}));
// npm takes the folder's name.
bill.metadata.component.name = name;
process.stdout.write(`${JSON.stringify(bill, undefined, 2)}\n`);
