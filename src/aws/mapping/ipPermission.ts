import type * as Wire from '@aws-sdk/client-ec2';
import type { NewSecurityGroupRule } from '../../core/ports/securityGroupGateway';
import { ALL_PROTOCOLS, ICMP, TCP, UDP } from '../../core/rules/flow';

const protocolNames: Readonly<Record<number, string>> = { [TCP]: 'tcp', [UDP]: 'udp', [ICMP]: 'icmp', 58: 'icmpv6' };

/** A rule as EC2 takes it: TCP and UDP need ports, ICMP type and code, and no other protocol has any ("Amazon EC2 API: IpPermission"). */
export function ipPermission(rule: NewSecurityGroupRule): Wire.IpPermission {
  return { IpProtocol: protocolNames[rule.protocol] ?? String(rule.protocol), ...ports(rule), ...peer(rule) };
}

function ports({ protocol, fromPort, toPort }: NewSecurityGroupRule): Partial<Wire.IpPermission> {
  if (protocol === ALL_PROTOCOLS || protocolNames[protocol] === undefined) return {};
  if (protocol === TCP || protocol === UDP) return { FromPort: fromPort ?? 0, ToPort: toPort ?? fromPort ?? 65_535 };
  return { FromPort: fromPort ?? -1, ToPort: toPort ?? -1 };
}

function peer({ peer: other, description }: NewSecurityGroupRule): Partial<Wire.IpPermission> {
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
