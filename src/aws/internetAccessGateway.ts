import { LabError } from '../core/errors';
import { type AllocationId, allocationId, type InternetGatewayId, type NatGatewayId, type VpcId } from '../core/ids';
import type { ElasticAddress, NatGateway } from '../core/natGateway';
import type { InternetGateway, Tags } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { CreateNatGatewayInput, InternetAccessGateway } from '../core/ports/internetAccessGateway';
import { required, requiredText } from './mapping/fields';
import { mapElasticAddress } from './mapping/mapElasticAddress';
import { mapNatGateway } from './mapping/mapNatGateway';
import { mapInternetGateway } from './mapping/mapVpc';
import { nothingWhen } from './nothingWhen';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';
import { untilSettled } from './untilSettled';

/** Internet gateways, NAT gateways and Elastic IP addresses, by EC2. */
export class AwsInternetAccessGateway implements InternetAccessGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  createInternetGateway(tags: Tags, options: CallOptions = {}): Promise<InternetGateway> {
    return this.#ec2.call(
      'ec2:CreateInternetGateway',
      async (client, api, http) => {
        const input = { TagSpecifications: tagSpecification('internet-gateway', tags) };
        const answer = await client.send(new api.CreateInternetGatewayCommand(input), http);
        return mapInternetGateway(answer.InternetGateway ?? {});
      },
      options,
    );
  }

  attachInternetGateway(InternetGatewayId: InternetGatewayId, VpcId: VpcId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:AttachInternetGateway',
      async (client, api, http) => {
        await client.send(new api.AttachInternetGatewayCommand({ InternetGatewayId, VpcId }), http);
      },
      options,
    );
  }

  detachInternetGateway(InternetGatewayId: InternetGatewayId, VpcId: VpcId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DetachInternetGateway',
      async (client, api, http) => {
        await client.send(new api.DetachInternetGatewayCommand({ InternetGatewayId, VpcId }), http);
      },
      options,
    );
  }

  deleteInternetGateway(InternetGatewayId: InternetGatewayId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteInternetGateway',
      async (client, api, http) => {
        await client.send(new api.DeleteInternetGatewayCommand({ InternetGatewayId }), http);
      },
      options,
    );
  }

  allocateAddress(
    tags: Tags,
    options: CallOptions = {},
  ): Promise<{ readonly id: AllocationId; readonly publicIpAddress: string }> {
    return this.#ec2.call(
      'ec2:AllocateAddress',
      async (client, api, http) => {
        const input = { Domain: 'vpc', TagSpecifications: tagSpecification('elastic-ip', tags) } as const;
        const answer = await client.send(new api.AllocateAddressCommand(input), http);
        return {
          id: required('AllocationId', answer.AllocationId, allocationId),
          publicIpAddress: requiredText('PublicIp', answer.PublicIp),
        };
      },
      options,
    );
  }

  listAddresses(options: CallOptions = {}): Promise<readonly ElasticAddress[]> {
    return this.#ec2.call(
      'ec2:DescribeAddresses',
      async (client, api, http) => {
        const { Addresses = [] } = await client.send(new api.DescribeAddressesCommand({}), http);
        return Addresses.map(mapElasticAddress);
      },
      options,
    );
  }

  releaseAddress(AllocationId: AllocationId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:ReleaseAddress',
      async (client, api, http) => {
        await client.send(new api.ReleaseAddressCommand({ AllocationId }), http);
      },
      options,
    );
  }

  createNatGateway(input: CreateNatGatewayInput, options: CallOptions = {}): Promise<NatGateway> {
    return this.#ec2.call(
      'ec2:CreateNatGateway',
      async (client, api, http) => {
        const command = new api.CreateNatGatewayCommand({
          SubnetId: input.subnetId,
          AllocationId: input.allocationId,
          ClientToken: input.clientToken,
          TagSpecifications: tagSpecification('natgateway', input.tags),
        });
        return mapNatGateway((await client.send(command, http)).NatGateway ?? {});
      },
      options,
    );
  }

  async settledNatGateway(id: NatGatewayId, options: CallOptions = {}): Promise<NatGateway | undefined> {
    const found = await untilSettled(
      this.#ec2.connection.clock,
      {
        id,
        read: () => this.#findNatGateway(id, options),
        isSettled: gateway => gateway?.state !== 'pending' && gateway?.state !== 'deleting',
      },
      options.signal,
    );
    if (found?.state !== 'failed') return found;
    throw new LabError('natGatewayFailed', { id, detail: found.failure?.message ?? '' });
  }

  deleteNatGateway(NatGatewayId: NatGatewayId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteNatGateway',
      async (client, api, http) => {
        await client.send(new api.DeleteNatGatewayCommand({ NatGatewayId }), http);
      },
      options,
    );
  }

  #findNatGateway(id: NatGatewayId, options: CallOptions): Promise<NatGateway | undefined> {
    return nothingWhen('resourceNotFound', () =>
      this.#ec2.call(
        'ec2:DescribeNatGateways',
        async (client, api, http) => {
          const answer = await client.send(new api.DescribeNatGatewaysCommand({ NatGatewayIds: [id] }), http);
          const [found] = answer.NatGateways ?? [];
          return found && mapNatGateway(found);
        },
        options,
      ),
    );
  }
}
