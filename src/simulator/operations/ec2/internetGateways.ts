import { internetGatewayId } from '../../../core/ids';
import type { InternetGateway, Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';

/** "Amazon VPC quotas": per Region. */
const maximumGateways = 5;

/** The wire says `available` where the model's enumeration says attached. */
const attachedState = 'available' as Ec2.AttachmentStatus;

const tagsOf =
  (region: PlaceState) =>
  ({ id }: InternetGateway): Tags =>
    region.otherTags.get(id) ?? {};

const listing = (region: PlaceState): Listing<InternetGateway> => ({
  kind: 'internetGateway',
  tagsOf: tagsOf(region),
  limits: { least: 5, most: 1000 },
  filters: {
    'internet-gateway-id': gateway => gateway.id,
    'attachment.vpc-id': gateway => gateway.attachedVpcIds,
    'attachment.state': gateway => gateway.attachedVpcIds.map(() => attachedState),
    'owner-id': () => region.place.accountId,
  },
});

function gatewayShape(region: PlaceState, gateway: InternetGateway): Ec2.InternetGateway {
  return {
    Attachments: gateway.attachedVpcIds.map(VpcId => ({ State: attachedState, VpcId })),
    InternetGatewayId: gateway.id,
    OwnerId: region.place.accountId,
    Tags: tagList(tagsOf(region)(gateway)),
  };
}

function describeInternetGateways(
  input: Ec2.DescribeInternetGatewaysRequest,
  { region }: CallContext,
): Ec2.DescribeInternetGatewaysResult {
  const page = list(listing(region), region.internetGateways, input.InternetGatewayIds, input);
  return {
    InternetGateways: page.items.map(gateway => gatewayShape(region, gateway)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function createInternetGateway(
  input: Ec2.CreateInternetGatewayRequest,
  { region }: CallContext,
): Ec2.CreateInternetGatewayResult {
  const tags = tagsAtCreation(input.TagSpecifications, 'internet-gateway');
  if (region.internetGateways.size >= maximumGateways)
    throw new ServiceFault('InternetGatewayLimitExceeded', 'The maximum number of internet gateways has been reached.');
  const gateway: InternetGateway = { id: internetGatewayId(region.newId('igw')), attachedVpcIds: [] };
  region.internetGateways.set(gateway.id, gateway);
  if (Object.keys(tags).length > 0) region.otherTags.set(gateway.id, tags);
  return { InternetGateway: gatewayShape(region, gateway) };
}

function attachInternetGateway(input: Ec2.AttachInternetGatewayRequest, { region }: CallContext): object {
  const gateway = find('internetGateway', region.internetGateways, input.InternetGatewayId ?? '');
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const [attached] = gateway.attachedVpcIds;
  if (attached !== undefined)
    throw new ServiceFault(
      'Resource.AlreadyAssociated',
      `resource ${gateway.id} is already attached to network ${attached}`,
    );
  if ([...region.internetGateways.values()].some(({ attachedVpcIds }) => attachedVpcIds.includes(vpc.id)))
    throw new ServiceFault('InvalidParameterValue', `Network ${vpc.id} already has an internet gateway attached`);
  region.internetGateways.set(gateway.id, { ...gateway, attachedVpcIds: [vpc.id] });
  return {};
}

function detachInternetGateway(input: Ec2.DetachInternetGatewayRequest, { region }: CallContext): object {
  const gateway = find('internetGateway', region.internetGateways, input.InternetGatewayId ?? '');
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  if (!gateway.attachedVpcIds.includes(vpc.id))
    throw new ServiceFault('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${vpc.id}`);
  const isMapped = [...region.networkInterfaces.values()].some(
    ({ vpcId, publicIpAddress }) => vpcId === vpc.id && publicIpAddress !== undefined,
  );
  if (isMapped)
    throw new ServiceFault(
      'DependencyViolation',
      `Network ${vpc.id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
  region.internetGateways.set(gateway.id, { ...gateway, attachedVpcIds: [] });
  return {};
}

function deleteInternetGateway(input: Ec2.DeleteInternetGatewayRequest, { region }: CallContext): object {
  const gateway = find('internetGateway', region.internetGateways, input.InternetGatewayId ?? '');
  if (gateway.attachedVpcIds.length > 0)
    throw new ServiceFault(
      'DependencyViolation',
      `The internetGateway '${gateway.id}' has dependencies and cannot be deleted.`,
    );
  region.internetGateways.delete(gateway.id);
  region.otherTags.delete(gateway.id);
  return {};
}

export const internetGatewayOperations: OperationTable = {
  AttachInternetGateway: attachInternetGateway,
  CreateInternetGateway: createInternetGateway,
  DeleteInternetGateway: deleteInternetGateway,
  DescribeInternetGateways: describeInternetGateways,
  DetachInternetGateway: detachInternetGateway,
};
