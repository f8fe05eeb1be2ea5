import { findService, type OperationModel } from '../../../../protocols/clientCodec';
import { CommandLineError } from '../failures';
import { ServiceClient } from '../serviceClient';
import type { CliSession } from '../session';

type Members = Readonly<Record<string, unknown>>;

/** Where a tunnel begins. */
export interface ConnectEndpointName {
  readonly id: string;
  readonly dnsName: string;
}

/** Calls EC2 for a command of its own. */
export async function askEc2(session: CliSession, name: string, input: Members): Promise<Members> {
  const operation = findService('ec2')?.actions.get(name) as OperationModel;
  const client = await ServiceClient.open(session, operation.service, 'ec2-instance-connect');
  return client.call(operation, input);
}

/** What EC2 tells of an instance. */
export async function describeInstance(session: CliSession, id: string): Promise<Members> {
  const { Reservations } = await askEc2(session, 'DescribeInstances', { InstanceIds: [id] });
  const [reservation] = listOf(Reservations);
  return listOf(reservation?.Instances)[0] ?? {};
}

const usable = ['create-complete', 'update-in-progress', 'update-failed', 'update-complete'];

/** The endpoint of an id, or of a VPC, in the same subnet when there is one (awscli/customizations/ec2instanceconnect/eicefetcher.py). */
export async function findConnectEndpoint(
  session: CliSession,
  { id, vpcId, subnetId }: { readonly id: string | undefined; readonly vpcId: unknown; readonly subnetId: unknown },
): Promise<ConnectEndpointName> {
  const state = { Name: 'state', Values: usable };
  const wanted =
    id === undefined
      ? { Filters: [state, { Name: 'vpc-id', Values: [String(vpcId)] }] }
      : { Filters: [state], InstanceConnectEndpointIds: [id] };
  const answer = await askEc2(session, 'DescribeInstanceConnectEndpoints', wanted);
  const endpoints = listOf(answer.InstanceConnectEndpoints);
  const found = endpoints.find(({ SubnetId }) => id === undefined && SubnetId === subnetId) ?? endpoints[0];
  if (found) return { id: String(found.InstanceConnectEndpointId), dnsName: String(found.DnsName) };
  throw new CommandLineError(
    `There are no available instance connect endpoints${id === undefined ? '.' : ` with ${id}`}`,
  );
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? (value as Members[]) : [];
}
