import type { SecurityGroupId, VpcId } from '../core/ids';
import { securityGroupId } from '../core/ids';
import type { NetworkInterface } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { IdentityGateway } from '../core/ports/identityGateway';
import type {
  CreateSecurityGroupInput,
  NetworkGateway,
  SecurityGroupIngress,
  SnapshotPart,
} from '../core/ports/networkGateway';
import type { NetworkSnapshot } from '../core/snapshot';
import { required } from './mapping/fields';
import { mapNetworkInterface } from './mapping/mapNetworkInterface';
import { NetworkReader } from './networkReader';
import { allPages, PAGE_SIZE } from './paging';
import { readSnapshot } from './readSnapshot';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';

/** VPCs and what is in them. Reading is {@link NetworkReader}'s. */
export class AwsNetworkGateway implements NetworkGateway {
  readonly #ec2: Ec2;
  readonly #identity: IdentityGateway;

  constructor(ec2: Ec2, identity: IdentityGateway) {
    this.#ec2 = ec2;
    this.#identity = identity;
  }

  readSnapshot(parts: readonly SnapshotPart[], options: CallOptions = {}): Promise<NetworkSnapshot> {
    const { clock, region } = this.#ec2.connection;
    return readSnapshot(new NetworkReader(this.#ec2, options), parts, {
      region,
      takenAtMs: clock.now(),
      identity: () => this.#identity.whoAmI(options),
    });
  }

  findInterfacesAt(privateAddress: string, options: CallOptions = {}): Promise<readonly NetworkInterface[]> {
    const action = 'ec2:DescribeNetworkInterfaces';
    const filters = [{ Name: 'addresses.private-ip-address', Values: [privateAddress] }];
    return allPages(action, token =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const page = { MaxResults: PAGE_SIZE, NextToken: token, Filters: filters };
          const answer = await client.send(new api.DescribeNetworkInterfacesCommand(page), http);
          return { items: answer.NetworkInterfaces?.map(mapNetworkInterface), nextToken: answer.NextToken };
        },
        options,
      ),
    );
  }

  createSecurityGroup(input: CreateSecurityGroupInput, options: CallOptions = {}): Promise<SecurityGroupId> {
    return this.#ec2.call(
      'ec2:CreateSecurityGroup',
      async (client, api, http) => {
        const command = new api.CreateSecurityGroupCommand({
          VpcId: input.vpcId,
          GroupName: input.name,
          Description: input.description,
          TagSpecifications: tagSpecification('security-group', input.tags),
        });
        const answer = await client.send(command, http);
        return required('GroupId', answer.GroupId, securityGroupId);
      },
      options,
    );
  }

  authorizeIngress(groupId: SecurityGroupId, rule: SecurityGroupIngress, options: CallOptions = {}): Promise<void> {
    const ports = rule.protocol === '-1' ? {} : { FromPort: rule.fromPort, ToPort: rule.toPort };
    return this.#ec2.call(
      'ec2:AuthorizeSecurityGroupIngress',
      async (client, api, http) => {
        const command = new api.AuthorizeSecurityGroupIngressCommand({
          GroupId: groupId,
          IpPermissions: [{ IpProtocol: rule.protocol, ...ports, IpRanges: [{ CidrIp: rule.cidr }] }],
        });
        await client.send(command, http);
      },
      options,
    );
  }

  deleteSecurityGroup(groupId: SecurityGroupId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteSecurityGroup',
      async (client, api, http) => {
        await client.send(new api.DeleteSecurityGroupCommand({ GroupId: groupId }), http);
      },
      options,
    );
  }

  setVpcDnsAttribute(
    vpcId: VpcId,
    attribute: 'enableDnsSupport' | 'enableDnsHostnames',
    isEnabled: boolean,
    options: CallOptions = {},
  ): Promise<void> {
    const field = attribute === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
    return this.#ec2.call(
      'ec2:ModifyVpcAttribute',
      async (client, api, http) => {
        await client.send(new api.ModifyVpcAttributeCommand({ VpcId: vpcId, [field]: { Value: isEnabled } }), http);
      },
      options,
    );
  }
}
