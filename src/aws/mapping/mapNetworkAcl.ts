import type * as Wire from '@aws-sdk/client-ec2';
import { networkAclId, subnetId, vpcId } from '../../core/ids';
import type { NetworkAcl, NetworkAclEntry } from '../../core/network';
import { required } from './fields';
import { mapProtocol } from './mapSecurityGroup';

export function mapNetworkAcl(wire: Wire.NetworkAcl): NetworkAcl {
  return {
    id: required('NetworkAclId', wire.NetworkAclId, networkAclId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    isDefault: wire.IsDefault ?? false,
    subnetIds: (wire.Associations ?? []).flatMap(({ SubnetId }) =>
      SubnetId ? [required('SubnetId', SubnetId, subnetId)] : [],
    ),
    entries: (wire.Entries ?? []).map(mapEntry),
  };
}

/** For ICMP the type and code take the place of the ports. */
function mapEntry(wire: Wire.NetworkAclEntry): NetworkAclEntry {
  return {
    ruleNumber: wire.RuleNumber ?? 0,
    direction: wire.Egress ? 'egress' : 'ingress',
    protocol: mapProtocol(wire.Protocol),
    action: wire.RuleAction === 'allow' ? 'allow' : 'deny',
    cidr: required('CidrBlock', wire.CidrBlock || wire.Ipv6CidrBlock, text => text),
    fromPort: wire.IcmpTypeCode?.Type ?? wire.PortRange?.From,
    toPort: wire.IcmpTypeCode?.Code ?? wire.PortRange?.To,
  };
}
