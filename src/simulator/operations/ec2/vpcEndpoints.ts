import type { VpcEndpointId } from '../../../core/ids';
import type { VpcEndpoint } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import { deleteEndpoint } from '../../world/endpointLife';
import { checkIdForm, notFound } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { createVpcEndpoint } from './createVpcEndpoint';
import { list, optional } from './describe';
import { endpointListing, endpointShape } from './endpointShapes';
import { modifyVpcEndpoint } from './modifyVpcEndpoint';

function describeVpcEndpoints(
  input: Ec2.DescribeVpcEndpointsRequest,
  { region }: CallContext,
): Ec2.DescribeVpcEndpointsResult {
  const page = list<VpcEndpoint>(endpointListing, region.endpoints, input.VpcEndpointIds, input);
  return {
    VpcEndpoints: page.items.map(endpoint => endpointShape(region, endpoint)),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** Answers 200 whatever becomes of single ids; those that failed are listed. */
function deleteVpcEndpoints(
  input: Ec2.DeleteVpcEndpointsRequest,
  { world, region }: CallContext,
): Ec2.DeleteVpcEndpointsResult {
  const ids = input.VpcEndpointIds ?? [];
  for (const id of ids) checkIdForm('endpoint', id);
  const Unsuccessful = ids.flatMap(id => {
    const endpoint = region.endpoints.get(id as VpcEndpointId);
    if (endpoint) deleteEndpoint(world, region, endpoint);
    const { code, message } = notFound('endpoint', id);
    return endpoint ? [] : [{ ResourceId: id, Error: { Code: code, Message: message } }];
  });
  return { Unsuccessful };
}

export const vpcEndpointOperations: OperationTable = {
  CreateVpcEndpoint: createVpcEndpoint,
  DescribeVpcEndpoints: describeVpcEndpoints,
  ModifyVpcEndpoint: modifyVpcEndpoint,
  DeleteVpcEndpoints: deleteVpcEndpoints,
};
