import type { SecurityGroupId } from '../../core/ids';
import type { VpcEndpoint } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import { HTTPS } from '../../core/rules/flow';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { EndpointChoices, EndpointSummary } from '../endpointPlan';
import { groupDescription } from './createEndpointCommands';

export interface CreateEndpointOptions extends CallOptions {
  /** Told of the change. */
  readonly store?: ResourceStore<EndpointDetails>;
  /** The same token never creates twice; a fresh one by default. */
  readonly clientToken?: string;
}

/**
 * Does what the summary says. A security group that was made on the way is taken away again when the endpoint is refused. Resolves when
 * AWS has accepted the request: the endpoint is then usually `pending`. Rejects with a `LabError`.
 */
export async function createInterfaceEndpoint(
  scope: Scope,
  choices: EndpointChoices,
  summary: EndpointSummary,
  options: CreateEndpointOptions = {},
): Promise<VpcEndpoint> {
  const { request } = summary;
  const call = { signal: options.signal };
  const gateways = await scope.gateways();
  const ownGroup = summary.newSecurityGroupName
    ? await makeGroup(gateways, choices, summary, summary.newSecurityGroupName, call)
    : undefined;
  try {
    const endpoint = await gateways.endpoints.createInterfaceEndpoint(
      {
        vpcId: request.vpcId,
        serviceName: request.serviceName,
        subnetIds: request.subnetIds,
        securityGroupIds: ownGroup ? [ownGroup] : (request.securityGroupIds ?? []),
        privateDnsEnabled: request.privateDnsEnabled,
        tags: request.name === undefined ? {} : { Name: request.name },
        clientToken: options.clientToken ?? crypto.randomUUID(),
      },
      call,
    );
    void options.store?.noteChange(scope, endpoint.id);
    return endpoint;
  } catch (error) {
    if (ownGroup && isRefusal(error)) await removeGroup(gateways, ownGroup);
    throw error;
  }
}

async function makeGroup(
  gateways: CloudGateways,
  choices: EndpointChoices,
  { request }: EndpointSummary,
  name: string,
  call: CallOptions,
): Promise<SecurityGroupId> {
  const vpc = choices.vpcs.find(({ id }) => id === request.vpcId);
  const groupId = await gateways.network.createSecurityGroup(
    { vpcId: request.vpcId, name, description: groupDescription(request.serviceName), tags: { Name: name } },
    call,
  );
  try {
    for (const cidr of vpc?.cidrBlocks ?? []) {
      await gateways.network.authorizeIngress(groupId, { protocol: 'tcp', fromPort: HTTPS, toPort: HTTPS, cidr }, call);
    }
  } catch (error) {
    await removeGroup(gateways, groupId);
    throw error;
  }
  return groupId;
}

/** After a lost link or an abort the endpoint may exist all the same, and needs its group. */
function isRefusal(error: unknown): boolean {
  return asLabError(error).cloudCode !== undefined;
}

async function removeGroup(gateways: CloudGateways, groupId: SecurityGroupId): Promise<void> {
  // The error that led here is the one to show; a group that stays costs nothing.
  await gateways.network.deleteSecurityGroup(groupId).catch(() => undefined);
}
