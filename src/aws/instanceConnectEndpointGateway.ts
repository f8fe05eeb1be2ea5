import type { InstanceConnectEndpointId } from '../core/ids';
import type { InstanceConnectEndpoint } from '../core/instanceConnectEndpoint';
import type { CallOptions } from '../core/ports/calls';
import type {
  CreateInstanceConnectEndpointInput,
  InstanceConnectEndpointGateway,
} from '../core/ports/instanceConnectEndpointGateway';
import { mapInstanceConnectEndpoint } from './mapping/mapInstanceConnectEndpoint';
import { allPages } from './paging';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';

/** The most that DescribeInstanceConnectEndpoints gives at once. */
const pageSize = 50;

/** EC2 Instance Connect Endpoints, by EC2. */
export class AwsInstanceConnectEndpointGateway implements InstanceConnectEndpointGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  listInstanceConnectEndpoints(options: CallOptions = {}): Promise<readonly InstanceConnectEndpoint[]> {
    const action = 'ec2:DescribeInstanceConnectEndpoints';
    return allPages(action, token =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeInstanceConnectEndpointsCommand({ MaxResults: pageSize, NextToken: token });
          const answer = await client.send(command, http);
          return {
            items: answer.InstanceConnectEndpoints?.map(mapInstanceConnectEndpoint),
            nextToken: answer.NextToken,
          };
        },
        options,
      ),
    );
  }

  createInstanceConnectEndpoint(
    input: CreateInstanceConnectEndpointInput,
    options: CallOptions = {},
  ): Promise<InstanceConnectEndpoint> {
    return this.#ec2.call(
      'ec2:CreateInstanceConnectEndpoint',
      async (client, api, http) => {
        const command = new api.CreateInstanceConnectEndpointCommand({
          SubnetId: input.subnetId,
          ...(input.securityGroupIds.length > 0 && { SecurityGroupIds: [...input.securityGroupIds] }),
          // AWS's documents differ on what it is when left out.
          PreserveClientIp: input.preservesClientIp,
          ClientToken: input.clientToken,
          TagSpecifications: tagSpecification('instance-connect-endpoint', input.tags),
        });
        const answer = await client.send(command, http);
        return mapInstanceConnectEndpoint(answer.InstanceConnectEndpoint ?? {});
      },
      options,
    );
  }

  deleteInstanceConnectEndpoint(id: InstanceConnectEndpointId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteInstanceConnectEndpoint',
      async (client, api, http) => {
        await client.send(new api.DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId: id }), http);
      },
      options,
    );
  }
}
