/** Comparisons of sums over numbers and bytes, `tcp[tcpflags] & tcp-syn != 0`. */
import { EtherType } from '../headers/ethernet';
import { IPV6_HEADER_BYTES } from '../headers/ipv6';
import {
  type Condition,
  equal,
  FALSE,
  linkField,
  linkTypeIs,
  masked,
  networkField,
  TRUE,
  transportField,
} from './conditions';
import type { Value } from './decisionGraph';
import type { AccessedLayer, Arithmetic, ArithmeticOperator, FilterNode } from './filterSyntax';
import { type FrameBytes, OutOfFrame } from './frameBytes';

const networkTypes: Partial<Record<AccessedLayer, number>> = {
  ip: EtherType.ipv4,
  ip6: EtherType.ipv6,
  arp: EtherType.arp,
  rarp: EtherType.reverseArp,
};

const transportNumbers: Partial<Record<AccessedLayer, number>> = { tcp: 6, udp: 17, icmp: 1, igmp: 2, sctp: 132 };

/** The layers that are looked at are there, and the comparison holds. Unsigned. */
export function comparisonCondition(node: FilterNode & { kind: 'compare' }, tagBytes: number): Condition {
  const layers = [...layerTests(node.left, tagBytes), ...layerTests(node.right, tagBytes)];
  const [left, right] = [sumOf(node.left, tagBytes), sumOf(node.right, tagBytes)];
  const isNegated = node.comparison === '!=' || node.comparison === '<' || node.comparison === '<=';
  const test = testOf(operators[node.comparison], left, right);
  return { all: [...layers, isNegated ? { not: test } : test] };
}

const operators = { '=': '=', '!=': '=', '>': '>', '<=': '>', '>=': '>=', '<': '>=' } as const;

function testOf(operator: '=' | '>' | '>=', left: number | Value, right: number | Value): Condition {
  if (typeof left === 'number' && typeof right === 'number') {
    const isTrue = operator === '=' ? left === right : operator === '>' ? left > right : left >= right;
    return isTrue ? TRUE : FALSE;
  }
  // libpcap compiles equality as a difference that is zero; only a constant on the right makes that a comparison of the left.
  if (operator === '=' && typeof right !== 'number') return equal(operation('-', left, right), 0);
  const value = typeof left === 'number' ? constantValue(left) : left;
  return { value, operator, constant: right };
}

const constantValue = (number: number): Value => ({ name: String(number), read: () => number });

/** Of a sum libpcap asks for the layers of the left side only. */
function layerTests(arithmetic: Arithmetic, tagBytes: number): Condition[] {
  switch (arithmetic.kind) {
    case 'bytes':
      return [...layerTests(arithmetic.offset, tagBytes), ...testsOfLayer(arithmetic.layer, tagBytes)];
    case 'negate':
      return layerTests(arithmetic.operand, tagBytes);
    case 'operation':
      return layerTests(arithmetic.left, tagBytes);
    default:
      return [];
  }
}

function testsOfLayer(layer: AccessedLayer, tagBytes: number): Condition[] {
  const network = networkTypes[layer];
  if (network !== undefined) return [linkTypeIs(tagBytes, network)];
  if (layer === 'ether') return [];
  if (layer === 'icmp6') return [linkTypeIs(tagBytes, EtherType.ipv6), equal(networkField(tagBytes, 1, 6), 58)];
  return [
    linkTypeIs(tagBytes, EtherType.ipv4),
    equal(networkField(tagBytes, 1, 9), transportNumbers[layer] as number),
    { not: { value: networkField(tagBytes, 2, 6), operator: 'set', constant: 0x1fff } },
  ];
}

/** A number where it is known beforehand. */
function sumOf(arithmetic: Arithmetic, tagBytes: number): number | Value {
  switch (arithmetic.kind) {
    case 'number':
      return arithmetic.value;
    case 'length':
      return { name: 'length', read: frame => frame.length };
    case 'bytes':
      return bytesOf(arithmetic, tagBytes);
    case 'negate':
      return operation('-', 0, sumOf(arithmetic.operand, tagBytes));
    case 'operation':
      return operation(arithmetic.operator, sumOf(arithmetic.left, tagBytes), sumOf(arithmetic.right, tagBytes));
  }
}

function bytesOf({ layer, offset, size }: Arithmetic & { kind: 'bytes' }, tagBytes: number): Value {
  const at = sumOf(offset, tagBytes);
  if (typeof at === 'number') return fieldOf(layer, tagBytes, size, at);
  const read = (frame: FrameBytes) => fieldOf(layer, tagBytes, size, at.read(frame)).read(frame);
  return { name: `${layer} ${size}@${tagBytes}[${at.name}]`, read };
}

function fieldOf(layer: AccessedLayer, tagBytes: number, size: 1 | 2 | 4, offset: number): Value {
  if (layer === 'ether') return linkField(size, offset);
  if (layer === 'icmp6') return networkField(tagBytes, size, IPV6_HEADER_BYTES + offset);
  return networkTypes[layer] === undefined
    ? transportField(tagBytes, size, offset)
    : networkField(tagBytes, size, offset);
}

function operation(operator: ArithmeticOperator, left: number | Value, right: number | Value): number | Value;
function operation(operator: '-', left: number | Value, right: Value): Value;
function operation(operator: ArithmeticOperator, left: number | Value, right: number | Value): number | Value {
  if (typeof left === 'number' && typeof right === 'number') return operate(operator, left, right);
  if (isAlwaysZero(operator, left, right)) return constantValue(0);
  const [first, second] = [asValue(left), asValue(right)];
  if (operator === '&' && typeof right === 'number') return masked(first, right);
  return {
    name: `(${first.name}${operator}${second.name})`,
    read: frame => operate(operator, first.read(frame), second.read(frame)),
  };
}

/** Then libpcap looks at no bytes for it. */
function isAlwaysZero(operator: ArithmeticOperator, left: number | Value, right: number | Value): boolean {
  return (
    (right === 0 && '*&'.includes(operator)) || (left === 0 && ['*', '/', '%', '&', '<<', '>>'].includes(operator))
  );
}

const asValue = (sum: number | Value): Value => (typeof sum === 'number' ? constantValue(sum) : sum);

/** Unsigned 32-bit arithmetic; dividing by zero rejects the packet, shifting by 32 or more gives zero. */
function operate(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return (left + right) >>> 0;
    case '-':
      return (left - right) >>> 0;
    case '*':
      return Math.imul(left, right) >>> 0;
    case '/':
      if (right === 0) throw new OutOfFrame();
      return Math.floor(left / right);
    case '%':
      if (right === 0) throw new OutOfFrame();
      return left % right;
    case '&':
      return (left & right) >>> 0;
    case '|':
      return (left | right) >>> 0;
    case '^':
      return (left ^ right) >>> 0;
    case '<<':
      return right > 31 ? 0 : (left << right) >>> 0;
    case '>>':
      return right > 31 ? 0 : left >>> right;
  }
}
