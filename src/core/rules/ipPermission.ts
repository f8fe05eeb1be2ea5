import type { SecurityGroupRule } from '../network';
import { ALL_PROTOCOLS, ICMP, TCP, UDP } from './flow';

/** "Amazon EC2 API: IpPermission", for one source. */
export interface IpPermission {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: { readonly CidrIp: string; readonly Description?: string }[];
  readonly Ipv6Ranges?: { readonly CidrIpv6: string; readonly Description?: string }[];
  readonly UserIdGroupPairs?: { readonly GroupId: string; readonly Description?: string }[];
  readonly PrefixListIds?: { readonly PrefixListId: string; readonly Description?: string }[];
}

type Rule = Omit<SecurityGroupRule, 'id' | 'direction'>;

const protocolNames: Readonly<Record<number, string>> = { [TCP]: 'tcp', [UDP]: 'udp', [ICMP]: 'icmp', 58: 'icmpv6' };

/** A rule as EC2 and the AWS CLI take it: TCP and UDP need ports, ICMP type and code, and no other protocol has any. */
export function ipPermission(rule: Rule): IpPermission {
  return { IpProtocol: protocolNames[rule.protocol] ?? String(rule.protocol), ...ports(rule), ...peer(rule) };
}

function ports({ protocol, fromPort, toPort }: Rule): Pick<IpPermission, 'FromPort' | 'ToPort'> {
  if (protocol === ALL_PROTOCOLS || protocolNames[protocol] === undefined) return {};
  if (protocol === TCP || protocol === UDP) return { FromPort: fromPort ?? 0, ToPort: toPort ?? fromPort ?? 65_535 };
  return { FromPort: fromPort ?? -1, ToPort: toPort ?? -1 };
}

function peer({ peer: other, description }: Rule): Partial<IpPermission> {
  const said = description === undefined ? {} : { Description: description };
  switch (other.kind) {
    case 'cidr':
      return other.cidr.includes(':')
        ? { Ipv6Ranges: [{ CidrIpv6: other.cidr, ...said }] }
        : { IpRanges: [{ CidrIp: other.cidr, ...said }] };
    case 'group':
      return { UserIdGroupPairs: [{ GroupId: other.groupId, ...said }] };
    case 'prefixList':
      return { PrefixListIds: [{ PrefixListId: other.prefixListId, ...said }] };
  }
}
