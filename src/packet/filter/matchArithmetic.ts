import { EtherType } from '../headers/ethernet';
import type { AccessedLayer, Arithmetic, ArithmeticOperator, Comparison, FilterNode } from './filterSyntax';
import { type FrameBytes, OutOfFrame } from './frameBytes';

/** Compares unsigned. False when a layer that is looked at is not in the frame. */
export function compare(node: FilterNode & { kind: 'compare' }, frame: FrameBytes): boolean {
  if (!hasLayers(node.left, frame) || !hasLayers(node.right, frame)) return false;
  return decide(node.comparison, evaluate(node.left, frame), evaluate(node.right, frame));
}

function decide(comparison: Comparison, left: number, right: number): boolean {
  switch (comparison) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
  }
}

function hasLayers(arithmetic: Arithmetic, frame: FrameBytes): boolean {
  switch (arithmetic.kind) {
    case 'bytes':
      return hasLayer(arithmetic.layer, frame) && hasLayers(arithmetic.offset, frame);
    case 'negate':
      return hasLayers(arithmetic.operand, frame);
    case 'operation':
      return hasLayers(arithmetic.left, frame) && hasLayers(arithmetic.right, frame);
    default:
      return true;
  }
}

const transportNumbers: Partial<Record<AccessedLayer, number>> = { tcp: 6, udp: 17, icmp: 1, igmp: 2, sctp: 132 };

function hasLayer(layer: AccessedLayer, frame: FrameBytes): boolean {
  switch (layer) {
    case 'ether':
      return true;
    case 'ip':
      return frame.etherType === EtherType.ipv4;
    case 'ip6':
      return frame.etherType === EtherType.ipv6;
    case 'arp':
      return frame.etherType === EtherType.arp;
    case 'rarp':
      return frame.etherType === 0x8035;
    case 'icmp6':
      return frame.etherType === EtherType.ipv6 && frame.uint8(20) === 58;
    default:
      return (
        frame.etherType === EtherType.ipv4 && frame.uint8(23) === transportNumbers[layer] && !frame.isLaterFragment
      );
  }
}

function layerStart(layer: AccessedLayer, frame: FrameBytes): number {
  switch (layer) {
    case 'ether':
      return 0;
    case 'ip':
    case 'ip6':
    case 'arp':
    case 'rarp':
      return 14;
    case 'icmp6':
      return 54;
    default:
      return frame.transportOffset;
  }
}

function evaluate(arithmetic: Arithmetic, frame: FrameBytes): number {
  switch (arithmetic.kind) {
    case 'number':
      return arithmetic.value;
    case 'length':
      return frame.length;
    case 'bytes':
      return bytesAt(layerStart(arithmetic.layer, frame) + evaluate(arithmetic.offset, frame), arithmetic.size, frame);
    case 'negate':
      return -evaluate(arithmetic.operand, frame) >>> 0;
    case 'operation':
      return operate(arithmetic.operator, evaluate(arithmetic.left, frame), evaluate(arithmetic.right, frame));
  }
}

function bytesAt(offset: number, size: 1 | 2 | 4, frame: FrameBytes): number {
  if (size === 1) return frame.uint8(offset);
  return size === 2 ? frame.uint16(offset) : frame.uint32(offset);
}

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
