/** Ranges of VPCs and subnets as callers give them. */
import ipaddr from 'ipaddr.js';
import { type Cidr, overlaps, parseCidr, parseIpv4 } from '../../../core/ipv4';
import { ServiceFault } from '../../protocols/serviceFault';

/** "Amazon VPC quotas"; "VPC CIDR blocks". */
const shortestPrefix = 16;
const longestPrefix = 28;

/** A block of /16 to /28; bits behind the prefix are cleared, as EC2 does. */
export function readRange(text: string | undefined, outOfRange: string): Cidr {
  if (text === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter cidrBlock');
  const range = parseIpv4(text.split('/')[0] ?? '') === undefined ? undefined : parseCidr(text);
  if (!range)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  if (range.prefixLength < shortestPrefix || range.prefixLength > longestPrefix)
    throw new ServiceFault(outOfRange, `The CIDR '${text}' is invalid.`);
  return range;
}

/** Whether a range lies wholly in a block. */
export function holds(block: string, range: Cidr): boolean {
  const outer = parseCidr(block);
  return outer !== undefined && outer.first <= range.first && outer.last >= range.last;
}

export function isOverlapping(block: string, range: Cidr): boolean {
  const other = parseCidr(block);
  return other !== undefined && overlaps(other, range);
}

/** An IPv6 range with the bits behind its prefix cleared; undefined for text of another form. Only rules may name one. */
export function readIpv6Range(text: string): string | undefined {
  if (!ipaddr.IPv6.isValidCIDR(text)) return undefined;
  const [, prefixLength] = ipaddr.IPv6.parseCIDR(text);
  return `${ipaddr.IPv6.networkAddressFromCIDR(text).toString()}/${prefixLength}`;
}

export function isIpv6Range(text: string): boolean {
  return text.includes(':');
}
