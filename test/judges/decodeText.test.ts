import { decodeSets } from '../support/decodeSets';
import { matchGolden } from '../support/golden';
import { runTool } from '../support/runTool';

/** `UPDATE_GOLDEN=1 node test/run.mjs judges golden decode` writes the texts, and what we read in them, anew. */
describe('the golden texts of many protocols', () => {
  for (const { name, parameters, pcap } of decodeSets)
    it(`are what tcpdump prints with ${parameters.join(' ')} (${name})`, () => {
      matchGolden(`decode/${name}.txt`, runTool('tcpdump', [...parameters, '-r', '-'], pcap).stdout);
    });
});
