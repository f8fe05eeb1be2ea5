/** Names that EC2 gives to addresses ("Amazon VPC User Guide: DNS hostnames"). us-east-1 has older forms of its own. */
import { formatIpv4, parseIpv4 } from './ipv4';
import { partitionOf } from './partition';

const dashed = (address: string) => address.replaceAll('.', '-');

const privateDomain = (region: string) => (region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`);

const publicDomain = (region: string) =>
  region === 'us-east-1' ? 'compute-1.amazonaws.com' : `${region}.compute.${partitionOf(region).dnsSuffix}`;

/** `ip-10-0-1-5.ap-south-1.compute.internal`; also what an address reverses to inside the VPC, interfaces of endpoints included. */
export function privateHostName(address: string, region: string): string {
  return `ip-${dashed(address)}.${privateDomain(region)}`;
}

/** `ec2-43-205-243-206.ap-south-1.compute.amazonaws.com`. */
export function publicHostName(address: string, region: string): string {
  return `ec2-${dashed(address)}.${publicDomain(region)}`;
}

/** The address that a host name of either form spells, and which form it is; undefined for other names. */
export function spelledAddress(
  name: string,
  region: string,
): { readonly form: 'private' | 'public'; readonly address: string } | undefined {
  const [, prefix, digits, domain] = /^(ip|ec2)-(\d+-\d+-\d+-\d+)\.(.+)$/.exec(name) ?? [];
  const number = parseIpv4((digits ?? '').replaceAll('-', '.'));
  if (number === undefined) return undefined;
  const address = formatIpv4(number);
  if (prefix === 'ip' && domain === privateDomain(region)) return { form: 'private', address };
  if (prefix === 'ec2' && domain === publicDomain(region)) return { form: 'public', address };
  return undefined;
}
