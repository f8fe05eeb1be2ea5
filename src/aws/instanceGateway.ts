import type { _InstanceType } from '@aws-sdk/client-ec2';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import { LabError } from '../core/errors';
import { type InstanceId, instanceId } from '../core/ids';
import type { Instance, SessionManagerStatus } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { InstanceGateway, LaunchInstanceInput } from '../core/ports/instanceGateway';
import { narrowed } from './mapping/fields';
import { mapInstance } from './mapping/mapInstance';
import { nothingWhen } from './nothingWhen';
import { allPages, PAGE_SIZE } from './paging';
import type { Services } from './services/connect';
import { tagSpecification } from './tagSpecification';
import { untilKnown } from './untilKnown';

/** The most that DescribeInstanceInformation gives at once. */
const SSM_PAGE_SIZE = 50;
const sessionStates: readonly SessionManagerStatus[] = ['online', 'connectionLost', 'inactive'];

/** Instances by EC2, and by Systems Manager what it knows of them. */
export class AwsInstanceGateway implements InstanceGateway {
  readonly #ec2: Services['ec2'];
  readonly #ssm: Services['ssm'];

  constructor(services: Pick<Services, 'ec2' | 'ssm'>) {
    this.#ec2 = services.ec2;
    this.#ssm = services.ssm;
  }

  listInstances(options: CallOptions = {}): Promise<readonly Instance[]> {
    return this.#describe({}, options);
  }

  async findInstance(id: InstanceId, options: CallOptions = {}): Promise<Instance | undefined> {
    // Ids together with MaxResults are refused.
    return (await nothingWhen('resourceNotFound', () => this.#describe({ id }, options)))?.[0];
  }

  async listSessionManagerStatus(options: CallOptions = {}): Promise<ReadonlyMap<InstanceId, SessionManagerStatus>> {
    const action = 'ssm:DescribeInstanceInformation';
    const nodes = await allPages(action, NextToken =>
      this.#ssm.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeInstanceInformationCommand({ MaxResults: SSM_PAGE_SIZE, NextToken });
          const answer = await client.send(command, http);
          return { items: answer.InstanceInformationList, nextToken: answer.NextToken };
        },
        options,
      ),
    );
    return new Map(nodes.flatMap(statusEntry));
  }

  /** A profile made seconds ago is not known to EC2 yet: waits for it. */
  launchInstance(input: LaunchInstanceInput, options: CallOptions = {}): Promise<Instance> {
    const { clock } = this.#ec2.connection;
    return untilKnown(clock, () => this.#run(input, options), isFreshProfile, options.signal);
  }

  attachProfile(id: InstanceId, instanceProfileName: string, options: CallOptions = {}): Promise<void> {
    const { clock } = this.#ec2.connection;
    const attach = () => this.#associate(id, instanceProfileName, options);
    return untilKnown(clock, attach, isFreshProfile, options.signal);
  }

  startInstance(id: InstanceId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:StartInstances',
      async (client, api, http) => {
        await client.send(new api.StartInstancesCommand({ InstanceIds: [id] }), http);
      },
      options,
    );
  }

  stopInstance(id: InstanceId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:StopInstances',
      async (client, api, http) => {
        await client.send(new api.StopInstancesCommand({ InstanceIds: [id] }), http);
      },
      options,
    );
  }

  terminateInstance(id: InstanceId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:TerminateInstances',
      async (client, api, http) => {
        await client.send(new api.TerminateInstancesCommand({ InstanceIds: [id] }), http);
      },
      options,
    );
  }

  #describe({ id }: { readonly id?: InstanceId }, options: CallOptions): Promise<readonly Instance[]> {
    const action = 'ec2:DescribeInstances';
    return allPages(action, NextToken =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const input = id === undefined ? { MaxResults: PAGE_SIZE, NextToken } : { InstanceIds: [id] };
          const answer = await client.send(new api.DescribeInstancesCommand(input), http);
          const items = answer.Reservations?.flatMap(({ Instances }) => (Instances ?? []).map(mapInstance));
          return { items, nextToken: answer.NextToken };
        },
        options,
      ),
    );
  }

  #associate(InstanceId: InstanceId, Name: string, options: CallOptions): Promise<void> {
    return this.#ec2.call(
      'ec2:AssociateIamInstanceProfile',
      async (client, api, http) => {
        const command = new api.AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name } });
        await client.send(command, http);
      },
      options,
    );
  }

  #run(input: LaunchInstanceInput, options: CallOptions): Promise<Instance> {
    return this.#ec2.call(
      'ec2:RunInstances',
      async (client, api, http) => {
        const command = new api.RunInstancesCommand({
          ImageId: `resolve:ssm:${input.imageParameter}`,
          InstanceType: input.instanceType as _InstanceType,
          MinCount: 1,
          MaxCount: 1,
          ...placeOf(input),
          IamInstanceProfile: input.instanceProfileName === undefined ? undefined : { Name: input.instanceProfileName },
          MetadataOptions: { HttpTokens: 'required' },
          ClientToken: input.clientToken,
          TagSpecifications: tagSpecification('instance', input.tags),
        });
        const answer = await client.send(command, http);
        return mapInstance(answer.Instances?.[0] ?? {});
      },
      options,
    );
  }
}

/** The wish for a public address is the interface's, and EC2 then takes subnet and groups with the interface only. */
function placeOf({ subnetId, securityGroupIds, hasPublicAddress }: LaunchInstanceInput) {
  if (hasPublicAddress === undefined) return { SubnetId: subnetId, SecurityGroupIds: [...securityGroupIds] };
  const card = { DeviceIndex: 0, SubnetId: subnetId, Groups: [...securityGroupIds] };
  return { NetworkInterfaces: [{ ...card, AssociatePublicIpAddress: hasPublicAddress }] };
}

function statusEntry(node: InstanceInformation): readonly (readonly [InstanceId, SessionManagerStatus])[] {
  // Managed nodes outside of EC2 have ids of another form: mi-….
  if (!node.InstanceId?.startsWith('i-')) return [];
  return [[instanceId(node.InstanceId), narrowed(node.PingStatus, sessionStates, 'inactive')]];
}

function isFreshProfile(error: unknown): boolean {
  return (
    error instanceof LabError &&
    error.cloudCode === 'InvalidParameterValue' &&
    /invalid iam instance profile/i.test(error.parameters.detail ?? '')
  );
}
