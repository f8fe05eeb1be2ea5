/** `npm run bench [-- --json NAME…]`: what the practice cloud and the extension achieve, beside peers measured in the same run; without names all of it. */
import { parseArgs } from 'node:util';
import { measureAcknowledgements } from './acknowledgements';
import { measureCapturing } from './capturing';
import { measureFrames } from './channelFrames';
import { measureSocket } from './channelSocket';
import { measureRequests } from './cloudRequests';
import { measureFiltering } from './displayFiltering';
import { measureHostDelay } from './hostDelay';
import { measureLines } from './lineSplitting';
import { measureLiveTable } from './liveTable';
import { measureManyEndpoints } from './manyEndpoints';
import { measureSessions } from './pacedSessions';
import { measureMemory } from './packetMemory';
import { measureParsing } from './packetParsing';
import { measurePageMessages } from './pageMessages';
import { measurePrefixes } from './prefixMatching';
import { measureProducers } from './producers';
import { type Finding, findingRow, reportText } from './report';
import { measureSdkBundles } from './sdkBundles';

const benches: Readonly<Record<string, () => Promise<readonly Finding[]>>> = {
  lines: measureLines,
  parse: measureParsing,
  producers: measureProducers,
  pipeline: measureCapturing,
  memory: measureMemory,
  prefix: measurePrefixes,
  filter: measureFiltering,
  requests: measureRequests,
  sessions: measureSessions,
  host: measureHostDelay,
  endpoints: measureManyEndpoints,
  sdk: measureSdkBundles,
  frames: measureFrames,
  socket: measureSocket,
  acks: measureAcknowledgements,
  page: measurePageMessages,
  table: measureLiveTable,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = wanted.find(name => !benches[name]);
if (unknown) throw new Error(`There is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}`);
const findings: Finding[] = [];
for (const measure of wanted.flatMap(name => benches[name] ?? [])) {
  const found = await measure();
  findings.push(...found);
  if (!values.json) console.log(reportText(found));
}
if (values.json) console.log(JSON.stringify(findings.map(findingRow)));
