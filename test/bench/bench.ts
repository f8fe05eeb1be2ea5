/** `npm run bench [-- --json] [-- requests|sessions|host|endpoints|sdk]`: what the practice cloud and the extension achieve, beside peers measured in the same run. */
import { parseArgs } from 'node:util';
import { measureRequests } from './cloudRequests';
import { measureHostDelay } from './hostDelay';
import { measureManyEndpoints } from './manyEndpoints';
import { measureSessions } from './pacedSessions';
import { type Finding, reportText } from './report';
import { measureSdkBundles } from './sdkBundles';

const benches: Readonly<Record<string, () => Promise<readonly Finding[]>>> = {
  requests: measureRequests,
  sessions: measureSessions,
  host: measureHostDelay,
  endpoints: measureManyEndpoints,
  sdk: measureSdkBundles,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(benches);
const findings: Finding[] = [];
for (const name of wanted) {
  const measure = benches[name];
  if (!measure) throw new Error(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}`);
  const found = await measure();
  findings.push(...found);
  if (!values.json) console.log(reportText(found));
}
if (values.json) console.log(JSON.stringify(findings));
