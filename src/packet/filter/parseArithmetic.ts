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
    const problem = constantProblem(operator, firstNumber(right));
    if (problem) throw new FilterError(problem);
    left = { kind: 'operation', operator: operator as ArithmeticOperator, left, right };
  }
  return left;
}

/**
 * The number that libpcap takes for the right side: the first that it loads. For bytes that is their offset, so that `ip[2] / tcp[0]` is a
 * division by zero to it.
 */
function firstNumber(arithmetic: Arithmetic): number | undefined {
  switch (arithmetic.kind) {
    case 'number':
      return arithmetic.value;
    case 'bytes':
      return firstNumber(arithmetic.offset);
    case 'negate':
      return firstNumber(arithmetic.operand);
    case 'operation':
      return firstNumber(arithmetic.left);
    case 'length':
      return undefined;
  }
}

function constantProblem(operator: string, right: number | undefined): string | undefined {
  if (right === undefined) return undefined;
  if (operator === '/' && right === 0) return 'division by zero';
  if (operator === '%' && right === 0) return 'modulus by zero';
  return (operator === '<<' || operator === '>>') && right > 31 ? 'shift by more than 31 bits' : undefined;
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
