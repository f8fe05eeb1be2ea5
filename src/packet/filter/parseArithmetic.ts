import { FilterError } from './filterError';
import type { AccessedLayer, Arithmetic, ArithmeticOperator } from './filterSyntax';
import type { TokenCursor } from './tokenCursor';

/** Loosest first; operators of one row bind alike, from the left (libpcap's grammar.y). */
const rows: readonly ReadonlySet<string>[] = [
  new Set<ArithmeticOperator>(['|', '^']),
  new Set<ArithmeticOperator>(['&']),
  new Set<ArithmeticOperator>(['<<', '>>']),
  new Set<ArithmeticOperator>(['+', '-']),
  new Set<ArithmeticOperator>(['*', '/', '%']),
];

const layers: ReadonlySet<string> = new Set<AccessedLayer>([
  'ether',
  'ip',
  'ip6',
  'arp',
  'rarp',
  'tcp',
  'udp',
  'icmp',
  'igmp',
  'icmp6',
  'sctp',
]);

/** Reads a sum over numbers, `len` and bytes of a layer, such as `tcp[tcpflags] & (tcp-syn|tcp-ack)`. */
export function parseArithmetic(cursor: TokenCursor, row = 0): Arithmetic {
  const operators = rows[row];
  if (!operators) return operand(cursor);
  let left = parseArithmetic(cursor, row + 1);
  for (let operator = cursor.takeAny(operators); operator; operator = cursor.takeAny(operators)) {
    const right = parseArithmetic(cursor, row + 1);
    if ((operator === '/' || operator === '%') && right.kind === 'number' && right.value === 0) {
      throw new FilterError(operator === '/' ? 'division by zero' : 'modulus by zero');
    }
    left = { kind: 'operation', operator: operator as ArithmeticOperator, left, right };
  }
  return left;
}

function operand(cursor: TokenCursor): Arithmetic {
  if (cursor.take('-')) return { kind: 'negate', operand: operand(cursor) };
  if (cursor.take('len')) return { kind: 'length' };
  if (cursor.take('(')) {
    const inner = parseArithmetic(cursor);
    cursor.expect(')');
    return inner;
  }
  const layer = cursor.takeAny(layers) as AccessedLayer | undefined;
  return layer ? bytesOf(cursor, layer) : { kind: 'number', value: cursor.number() };
}

function bytesOf(cursor: TokenCursor, layer: AccessedLayer): Arithmetic {
  cursor.expect('[');
  const offset = parseArithmetic(cursor);
  const size = cursor.take(':') ? cursor.number() : 1;
  cursor.expect(']');
  if (size !== 1 && size !== 2 && size !== 4) throw new FilterError('data size must be 1, 2, or 4');
  return { kind: 'bytes', layer, offset, size };
}
