import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PacketColumns } from '../../../src/packet/packetColumns';
import {
  allocateColumns,
  infoAt,
  lengthAt,
  lineAt,
  packColumns,
  packPieces,
  protocolAt,
  ROW_BYTES,
  unpackColumns,
} from '../../../src/packet/packing';
import { utf8 } from '../../support/readPackets';

const names = [
  'timeMicros',
  'source',
  'destination',
  'length',
  'sequence',
  'sourcePort',
  'destinationPort',
  'protocol',
  'tcpFlags',
  'family',
  'routeRow',
] as const;

/** Columns whose cells differ, with room left over. */
function columnsOf(lines: readonly string[]): PacketColumns {
  const text = utf8(lines.join(''));
  const columns = allocateColumns(lines.length + 3, text.length + 10);
  columns.text.set(text);
  let end = 0;
  for (const [row, line] of lines.entries()) {
    for (const [index, name] of names.entries()) columns[name][row] = row * 17 + index;
    columns.infoStart[row] = Math.min(2, line.length);
    end += utf8(line).length;
    columns.lineEnd[row] = end;
  }
  columns.count = lines.length;
  return columns;
}

const anyLines = fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 20 });

describe('packed columns', () => {
  it('hold the rows asked for and nothing else', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), fc.nat(), (lines, a, b) => {
        const columns = columnsOf(lines);
        const first = a % lines.length;
        const count = b % (lines.length - first + 1);
        const wanted = lines.slice(first, first + count);
        const buffer = packColumns(columns, first, count);
        assert.equal(buffer.byteLength, 8 + count * ROW_BYTES + utf8(wanted.join('')).length);
        const read = unpackColumns(buffer);
        assert.equal(read.count, count);
        for (const [index, line] of wanted.entries()) {
          assert.equal(lineAt(read, index), lineAt(columns, first + index));
          assert.equal(lineAt(read, index), new TextDecoder().decode(utf8(line)));
          for (const name of names) assert.equal(read[name][index], columns[name][first + index]);
        }
      }),
    );
  });

  it('join pieces of several columns', () => {
    const pieces = [
      { columns: columnsOf(['one', 'two', 'three']), first: 1, count: 2 },
      { columns: columnsOf(['four', 'five']), first: 0, count: 1 },
    ];
    const read = unpackColumns(packPieces(pieces));
    assert.deepEqual(
      [0, 1, 2].map(row => lineAt(read, row)),
      ['two', 'three', 'four'],
    );
    assert.equal(infoAt(read, 1), 'ree');
  });

  it('say what is absent', () => {
    const columns = columnsOf(['x']);
    columns.length[0] = 0xffff_ffff;
    columns.protocol[0] = 1;
    assert.equal(lengthAt(columns, 0), undefined);
    assert.equal(protocolAt(columns, 0), 'TCP');
  });

  it('refuse rows that are not there and buffers that are none', () => {
    assert.throws(() => packColumns(columnsOf(['a']), 0, 2), RangeError);
    assert.throws(() => unpackColumns(new ArrayBuffer(3)), RangeError);
    assert.throws(() => unpackColumns(new ArrayBuffer(60)), RangeError);
  });
});
