import type * as Wire from '@aws-sdk/client-ec2';
import { prefixListId, securityGroupId, vpcId } from '../../core/ids';
import type { IpProtocol, SecurityGroup, SecurityGroupPeer, SecurityGroupRule } from '../../core/network';
import { required, tagsOf } from './fields';

/** A group with those of the rules that are its own. */
export function mapSecurityGroup(wire: Wire.SecurityGroup, rules: readonly Wire.SecurityGroupRule[]): SecurityGroup {
  return {
    id: required('GroupId', wire.GroupId, securityGroupId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    name: wire.GroupName ?? '',
    description: wire.Description ?? '',
    rules: rules.filter(({ GroupId }) => GroupId === wire.GroupId).map(mapRule),
    tags: tagsOf(wire.Tags),
  };
}

function mapRule(wire: Wire.SecurityGroupRule): SecurityGroupRule {
  const protocol = mapProtocol(wire.IpProtocol);
  return {
    id: wire.SecurityGroupRuleId ?? '',
    direction: wire.IsEgress ? 'egress' : 'ingress',
    protocol,
    fromPort: mapPort(protocol, wire.FromPort),
    toPort: mapPort(protocol, wire.ToPort),
    peer: mapPeer(wire),
    description: wire.Description || undefined,
  };
}

const protocolNumbers: Readonly<Record<string, IpProtocol>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

/** The four that have a name come by name, all others by number; `-1` is every protocol. */
export function mapProtocol(wire: string | undefined): IpProtocol {
  return required('IpProtocol', wire, text => {
    const number = protocolNumbers[text.toLowerCase()] ?? Number(text);
    if (!Number.isInteger(number)) throw new RangeError(`${text} is no protocol`);
    return number;
  });
}

/** -1 means "any" and for ICMP is told apart by the rules; for every other protocol it is the same as absent. */
function mapPort(protocol: IpProtocol, port: number | undefined): number | undefined {
  return port === -1 && protocol !== 1 ? undefined : port;
}

function mapPeer(wire: Wire.SecurityGroupRule): SecurityGroupPeer {
  if (wire.PrefixListId)
    return { kind: 'prefixList', prefixListId: required('PrefixListId', wire.PrefixListId, prefixListId) };
  const groupId = wire.ReferencedGroupInfo?.GroupId;
  if (groupId) return { kind: 'group', groupId: required('GroupId', groupId, securityGroupId) };
  return { kind: 'cidr', cidr: required('CidrIpv4', wire.CidrIpv4 || wire.CidrIpv6, text => text) };
}
