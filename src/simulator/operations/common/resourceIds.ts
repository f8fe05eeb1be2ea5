import { ServiceFault } from '../../protocols/serviceFault';

interface IdKind {
  readonly prefix: string;
  readonly malformed: string;
  readonly notFound: string;
  /** With `%` for the id. */
  readonly notFoundText: string;
}

/** Codes and texts of the "Error codes for the Amazon EC2 API"; the spelling of ID and Id varies there. */
const kinds = {
  vpc: kind('vpc', 'InvalidVpcId.Malformed', 'InvalidVpcID.NotFound', "The vpc ID '%' does not exist"),
  vpcCidrAssociation: kind(
    'vpc-cidr-assoc',
    'InvalidVpcCidrBlockAssociationID.Malformed',
    'InvalidVpcCidrBlockAssociationID.NotFound',
    "The vpc CIDR block association ID '%' does not exist",
  ),
  subnet: kind('subnet', 'InvalidSubnetId.Malformed', 'InvalidSubnetID.NotFound', "The subnet ID '%' does not exist"),
  routeTable: kind(
    'rtb',
    'InvalidRouteTableId.Malformed',
    'InvalidRouteTableID.NotFound',
    "The routeTable ID '%' does not exist",
  ),
  routeTableAssociation: kind(
    'rtbassoc',
    'InvalidAssociationID.Malformed',
    'InvalidAssociationID.NotFound',
    "The association ID '%' does not exist",
  ),
  routeGateway: kind(
    'igw',
    'InvalidGatewayID.Malformed',
    'InvalidGatewayID.NotFound',
    "The gateway ID '%' does not exist",
  ),
  natGateway: kind('nat', 'InvalidNatGatewayID.Malformed', 'NatGatewayNotFound', 'The Nat Gateway % was not found'),
  routeNatGateway: kind(
    'nat',
    'InvalidNatGatewayID.Malformed',
    'InvalidNatGatewayID.NotFound',
    "The natGateway ID '%' does not exist",
  ),
  elasticAddress: kind(
    'eipalloc',
    'InvalidAllocationID.Malformed',
    'InvalidAllocationID.NotFound',
    "The allocation ID '%' does not exist",
  ),
  addressAssociation: kind(
    'eipassoc',
    'InvalidAssociationID.Malformed',
    'InvalidAssociationID.NotFound',
    "The association ID '%' does not exist",
  ),
  peeringConnection: kind(
    'pcx',
    'InvalidVpcPeeringConnectionId.Malformed',
    'InvalidVpcPeeringConnectionID.NotFound',
    "The vpcPeeringConnection ID '%' does not exist",
  ),
  internetGateway: kind(
    'igw',
    'InvalidInternetGatewayId.Malformed',
    'InvalidInternetGatewayID.NotFound',
    "The internetGateway ID '%' does not exist",
  ),
  dhcpOptions: kind(
    'dopt',
    'InvalidDhcpOptionsId.Malformed',
    'InvalidDhcpOptionID.NotFound',
    "The dhcpOption ID '%' does not exist",
  ),
  /** In launches, and where groups themselves are read or changed (boto/boto3#701, kubernetes-sigs/aws-load-balancer-controller#2918, hashicorp/terraform#23499). */
  securityGroup: kind(
    'sg',
    'InvalidGroupId.Malformed',
    'InvalidGroup.NotFound',
    "The security group '%' does not exist",
  ),
  namedSecurityGroup: kind(
    'sg',
    'InvalidGroupId.Malformed',
    'InvalidSecurityGroupID.NotFound',
    "The security group '%' does not exist",
  ),
  securityGroupRule: kind(
    'sgr',
    'InvalidSecurityGroupRuleId.Malformed',
    'InvalidSecurityGroupRuleId.NotFound',
    "The security group rule ID '%' does not exist",
  ),
  networkAcl: kind(
    'acl',
    'InvalidNetworkAclId.Malformed',
    'InvalidNetworkAclID.NotFound',
    "The networkAcl ID '%' does not exist",
  ),
  networkAclAssociation: kind(
    'aclassoc',
    'InvalidAssociationID.Malformed',
    'InvalidAssociationID.NotFound',
    "The association ID '%' does not exist",
  ),
  networkInterface: kind(
    'eni',
    'InvalidNetworkInterfaceId.Malformed',
    'InvalidNetworkInterfaceID.NotFound',
    "The networkInterface ID '%' does not exist",
  ),
  interfaceAttachment: kind(
    'eni-attach',
    'InvalidAttachmentID.Malformed',
    'InvalidAttachmentID.NotFound',
    "The interface attachment '%' does not exist",
  ),
  keyPair: kind('key', 'InvalidKeyPair.Format', 'InvalidKeyPair.NotFound', "The key pair ID '%' does not exist"),
  volume: kind('vol', 'InvalidVolumeID.Malformed', 'InvalidVolume.NotFound', "The volume '%' does not exist."),
  instanceConnectEndpoint: kind(
    'eice',
    'InvalidInstanceConnectEndpointId.Malformed',
    'InvalidInstanceConnectEndpointId.NotFound',
    "The instance connect endpoint ID '%' does not exist",
  ),
  prefixList: kind(
    'pl',
    'InvalidPrefixListId.Malformed',
    'InvalidPrefixListID.NotFound',
    "The prefix list ID '%' does not exist",
  ),
  endpoint: kind(
    'vpce',
    'InvalidVpcEndpointId.Malformed',
    'InvalidVpcEndpointId.NotFound',
    "The Vpc Endpoint Id '%' does not exist",
  ),
  endpointService: kind(
    'vpce-svc',
    'InvalidVpcEndpointServiceId.Malformed',
    'InvalidVpcEndpointServiceId.NotFound',
    "The VpcEndpointService Id '%' does not exist",
  ),
  instance: kind(
    'i',
    'InvalidInstanceID.Malformed',
    'InvalidInstanceID.NotFound',
    "The instance ID '%' does not exist",
  ),
  image: kind('ami', 'InvalidAMIID.Malformed', 'InvalidAMIID.NotFound', "The image id '[%]' does not exist"),
  profileAssociation: kind(
    'iip-assoc',
    'InvalidAssociationID.Malformed',
    'InvalidAssociationID.NotFound',
    "The association ID '%' does not exist",
  ),
} as const;

export type ResourceKind = keyof typeof kinds;

function kind(prefix: string, malformed: string, notFound: string, notFoundText: string): IdKind {
  return { prefix, malformed, notFound, notFoundText };
}

/** Refuses text that is no id of the kind; says nothing about existence. */
export function checkIdForm(what: ResourceKind, id: string): void {
  const { prefix, malformed } = kinds[what];
  if (!new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(id))
    throw new ServiceFault(malformed, `Invalid id: "${id}" (expecting "${prefix}-...")`);
}

export function notFound(what: ResourceKind, id: string): ServiceFault {
  const { notFound: code, notFoundText } = kinds[what];
  return new ServiceFault(code, notFoundText.replace('%', id));
}

/** The resource with this id; malformed and unknown ids are refused, in that order. */
export function find<T>(what: ResourceKind, table: ReadonlyMap<string, T>, id: string): T {
  checkIdForm(what, id);
  const found = table.get(id);
  if (found === undefined) throw notFound(what, id);
  return found;
}

/** All resources with these ids, each once, or all there are when no ids are given. */
export function findAll<T>(
  what: ResourceKind,
  table: ReadonlyMap<string, T>,
  ids: readonly string[] | undefined,
): readonly T[] {
  if (!ids || ids.length === 0) return [...table.values()];
  for (const id of ids) checkIdForm(what, id);
  return [...new Set(ids)].map(id => find(what, table, id));
}
