import type * as Wire from '@aws-sdk/client-ec2';
import { accountId, dhcpOptionsId, internetGatewayId, subnetId, vpcId } from '../../core/ids';
import type { DhcpOptions, InternetGateway, Subnet, Vpc } from '../../core/network';
import { optional, required, requiredText, tagsOf } from './fields';

export function mapVpc(wire: Wire.Vpc): Vpc {
  const primary = requiredText('CidrBlock', wire.CidrBlock);
  const others = (wire.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock, CidrBlockState }) =>
    CidrBlock && CidrBlock !== primary && CidrBlockState?.State === 'associated' ? [CidrBlock] : [],
  );
  const ipv6CidrBlocks = (wire.Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock, Ipv6CidrBlockState }) =>
    Ipv6CidrBlock && Ipv6CidrBlockState?.State === 'associated' ? [Ipv6CidrBlock] : [],
  );
  return {
    id: required('VpcId', wire.VpcId, vpcId),
    ownerId: required('OwnerId', wire.OwnerId, accountId),
    cidrBlocks: [primary, ...others],
    ...(ipv6CidrBlocks.length > 0 ? { ipv6CidrBlocks } : {}),
    isDefault: wire.IsDefault ?? false,
    // The word `default` stands for "no set": AWS's own servers then answer.
    dhcpOptionsId:
      wire.DhcpOptionsId === 'default' ? undefined : optional('DhcpOptionsId', wire.DhcpOptionsId, dhcpOptionsId),
    tags: tagsOf(wire.Tags),
  };
}

export function mapSubnet(wire: Wire.Subnet): Subnet {
  return {
    id: required('SubnetId', wire.SubnetId, subnetId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    cidrBlock: wire.CidrBlock ?? '',
    availabilityZone: requiredText('AvailabilityZone', wire.AvailabilityZone),
    availabilityZoneId: wire.AvailabilityZoneId ?? '',
    mapPublicIpOnLaunch: wire.MapPublicIpOnLaunch ?? false,
    availableIpAddressCount: wire.AvailableIpAddressCount ?? 0,
    tags: tagsOf(wire.Tags),
  };
}

export function mapDhcpOptions(wire: Wire.DhcpOptions): DhcpOptions {
  const values = (key: string) =>
    (wire.DhcpConfigurations ?? [])
      .filter(({ Key }) => Key === key)
      .flatMap(({ Values }) => (Values ?? []).flatMap(({ Value }) => Value ?? []));
  return {
    id: required('DhcpOptionsId', wire.DhcpOptionsId, dhcpOptionsId),
    domainName: values('domain-name')[0],
    domainNameServers: values('domain-name-servers'),
    tags: tagsOf(wire.Tags),
  };
}

export function mapInternetGateway(wire: Wire.InternetGateway): InternetGateway {
  return {
    id: required('InternetGatewayId', wire.InternetGatewayId, internetGatewayId),
    // On the wire `available`, though the model says `attached`.
    attachedVpcIds: (wire.Attachments ?? []).flatMap(({ VpcId, State }) =>
      VpcId && (String(State) === 'available' || State === 'attached') ? [required('VpcId', VpcId, vpcId)] : [],
    ),
    tags: tagsOf(wire.Tags),
  };
}
