import type { DhcpOptionsId, SubnetId, VpcId } from '../core/ids';
import type { DhcpOptions, Subnet, Tags, Vpc } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { CreateDhcpOptionsInput, CreateSubnetInput, VpcGateway } from '../core/ports/vpcGateway';
import { mapDhcpOptions, mapSubnet, mapVpc } from './mapping/mapVpc';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';

/** VPCs, subnets and DHCP options, by EC2. */
export class AwsVpcGateway implements VpcGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  createVpc(input: { readonly cidrBlock: string; readonly tags: Tags }, options: CallOptions = {}): Promise<Vpc> {
    return this.#ec2.call(
      'ec2:CreateVpc',
      async (client, api, http) => {
        const command = new api.CreateVpcCommand({
          CidrBlock: input.cidrBlock,
          TagSpecifications: tagSpecification('vpc', input.tags),
        });
        return mapVpc((await client.send(command, http)).Vpc ?? {});
      },
      options,
    );
  }

  deleteVpc(id: VpcId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteVpc',
      async (client, api, http) => {
        await client.send(new api.DeleteVpcCommand({ VpcId: id }), http);
      },
      options,
    );
  }

  listAvailabilityZones(options: CallOptions = {}): Promise<readonly string[]> {
    return this.#ec2.call(
      'ec2:DescribeAvailabilityZones',
      async (client, api, http) => {
        const answer = await client.send(new api.DescribeAvailabilityZonesCommand({}), http);
        const zones = (answer.AvailabilityZones ?? []).filter(
          ({ ZoneType = 'availability-zone' }) => ZoneType === 'availability-zone',
        );
        return zones.flatMap(({ ZoneName }) => ZoneName ?? []);
      },
      options,
    );
  }

  createSubnet(input: CreateSubnetInput, options: CallOptions = {}): Promise<Subnet> {
    return this.#ec2.call(
      'ec2:CreateSubnet',
      async (client, api, http) => {
        const command = new api.CreateSubnetCommand({
          VpcId: input.vpcId,
          CidrBlock: input.cidrBlock,
          AvailabilityZone: input.availabilityZone,
          TagSpecifications: tagSpecification('subnet', input.tags),
        });
        return mapSubnet((await client.send(command, http)).Subnet ?? {});
      },
      options,
    );
  }

  deleteSubnet(id: SubnetId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteSubnet',
      async (client, api, http) => {
        await client.send(new api.DeleteSubnetCommand({ SubnetId: id }), http);
      },
      options,
    );
  }

  createDhcpOptions(input: CreateDhcpOptionsInput, options: CallOptions = {}): Promise<DhcpOptions> {
    const { domainName, domainNameServers } = input;
    return this.#ec2.call(
      'ec2:CreateDhcpOptions',
      async (client, api, http) => {
        const command = new api.CreateDhcpOptionsCommand({
          DhcpConfigurations: [
            ...(domainName === undefined ? [] : [{ Key: 'domain-name', Values: [domainName] }]),
            ...(domainNameServers.length > 0 ? [{ Key: 'domain-name-servers', Values: [...domainNameServers] }] : []),
          ],
          TagSpecifications: tagSpecification('dhcp-options', input.tags),
        });
        return mapDhcpOptions((await client.send(command, http)).DhcpOptions ?? {});
      },
      options,
    );
  }

  associateDhcpOptions(vpcId: VpcId, id: DhcpOptionsId | 'default', options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:AssociateDhcpOptions',
      async (client, api, http) => {
        await client.send(new api.AssociateDhcpOptionsCommand({ VpcId: vpcId, DhcpOptionsId: id }), http);
      },
      options,
    );
  }

  deleteDhcpOptions(id: DhcpOptionsId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteDhcpOptions',
      async (client, api, http) => {
        await client.send(new api.DeleteDhcpOptionsCommand({ DhcpOptionsId: id }), http);
      },
      options,
    );
  }
}
