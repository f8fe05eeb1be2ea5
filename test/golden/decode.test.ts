import { readFileSync } from 'node:fs';
import type { PacketFields } from '../../src/packet/reader/packetFields';
import { packetJson } from '../../src/packet/reader/packetJson';
import { TcpdumpReader } from '../../src/packet/tcpdumpReader';
import { decodeSets } from '../support/decodeSets';
import { matchGolden } from '../support/golden';

/** Each line of tcpdump's text as what was understood of it. */
function decoded(text: Uint8Array): string {
  const out: string[] = [];
  const unparsed = (bytes: Uint8Array, start: number, end: number, line: number) =>
    out.push(JSON.stringify({ line, unparsed: new TextDecoder().decode(bytes.subarray(start, end)) }));
  const reader = new TcpdumpReader(
    {
      onPacket(fields: PacketFields, bytes: Uint8Array, _start: number, end: number, line: number) {
        out.push(JSON.stringify(packetJson(fields, bytes, end, line)));
      },
      onStatus: (_event, bytes, start, end, line) => unparsed(bytes, start, end, line),
      onText: unparsed,
    },
    64 * 1024,
  );
  reader.write(text);
  reader.end();
  return `${out.join('\n')}\n`;
}

describe("tcpdump's text", () => {
  for (const { name, parameters } of decodeSets)
    it(`of many protocols is read with ${parameters.join(' ')} (${name})`, () => {
      matchGolden(`decode/${name}.golden.jsonl`, decoded(readFileSync(`test/golden/decode/${name}.txt`)));
    });

  it('is read as a terminal on an instance shows it, banner and closing lines included', () => {
    matchGolden('decode/session.golden.jsonl', decoded(readFileSync('test/golden/decode/session.txt')));
  });
});
