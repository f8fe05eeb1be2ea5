import type { SecurityGroupId } from '../../core/ids';
import type { VpcEndpoint } from '../../core/network';
import type { CreateInterfaceEndpointInput } from '../../core/ports/endpointGateway';
import type { CloudGateways } from '../../core/ports/gateways';
import { HTTPS } from '../../core/rules/flow';
import { isS3 } from '../../core/serviceNames';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { ChangeContext } from '../changes/plannedChange';
import { making } from '../changes/tellStore';
import type { CreateInterfaceEndpointRequest, EndpointChoices, EndpointSummary } from '../endpointPlan';
import { groupDescription } from './createEndpointCommands';
import { enableDnsAttributes } from './enableDnsAttributes';

export interface CreateEndpointOptions extends Partial<ChangeContext> {
  /** Told of the change. */
  readonly store?: ResourceStore<EndpointDetails>;
  /** The same token never creates twice; a fresh one by default. */
  readonly clientToken?: string;
}

/**
 * Does what the summary says. A security group that was made on the way is taken away again when the endpoint is refused; what else was
 * done before is told to `made`. Resolves when AWS has accepted the request: the endpoint is then usually `pending`. Rejects with a
 * `LabError`.
 */
export async function createInterfaceEndpoint(
  scope: Scope,
  choices: EndpointChoices,
  summary: EndpointSummary,
  options: CreateEndpointOptions = {},
): Promise<VpcEndpoint> {
  const { request } = summary;
  const context = { signal: new AbortController().signal, report: () => undefined, made: () => undefined, ...options };
  const gateways = await scope.gateways();
  await enableDnsAttributes(gateways, request.vpcId, request.dnsAttributesToEnable ?? [], context);
  context.signal.throwIfAborted();
  const ownGroup = summary.newSecurityGroupName
    ? await makeGroup(gateways, choices, summary, summary.newSecurityGroupName, context)
    : undefined;
  try {
    context.signal.throwIfAborted();
    context.report(t('Creating the endpoint'));
    const securityGroupIds = ownGroup ? [ownGroup] : (request.securityGroupIds ?? []);
    const clientToken = options.clientToken ?? crypto.randomUUID();
    const input = { ...endpointInput(request, securityGroupIds), clientToken };
    return await making(options.store, scope, gateways.endpoints.createInterfaceEndpoint(input));
  } catch (error) {
    if (ownGroup && isRefusal(error)) await removeGroup(gateways, ownGroup);
    else if (ownGroup) context.made(madeGroup(gateways, ownGroup));
    throw error;
  }
}

/** The request as AWS takes it, but for its token. */
export function endpointInput(
  request: CreateInterfaceEndpointRequest,
  securityGroupIds: readonly SecurityGroupId[],
): Omit<CreateInterfaceEndpointInput, 'clientToken'> {
  const { vpcId, serviceName, subnetIds, privateDnsEnabled, name } = request;
  const { ipAddressType, policyDocument, serviceRegion } = request;
  return {
    vpcId,
    serviceName,
    subnetIds,
    securityGroupIds,
    privateDnsEnabled,
    tags: name === undefined ? {} : { Name: name },
    ...(ipAddressType !== undefined && { ipAddressType }),
    ...(policyDocument !== undefined && { policyDocument }),
    ...(serviceRegion !== undefined && { serviceRegion }),
    // Who asks for private DNS means the VPC; AWS would keep it to inbound resolvers.
    ...(privateDnsEnabled && isS3(serviceName) && { isPrivateDnsForInboundOnly: false }),
  };
}

async function makeGroup(
  gateways: CloudGateways,
  choices: EndpointChoices,
  { request }: EndpointSummary,
  name: string,
  { report }: ChangeContext,
): Promise<SecurityGroupId> {
  const vpc = choices.vpcs.find(({ id }) => id === request.vpcId);
  report(t('Creating the security group'));
  const groupId = await gateways.network.createSecurityGroup({
    vpcId: request.vpcId,
    name,
    description: groupDescription(request.serviceName),
    tags: { Name: name },
  });
  try {
    for (const cidr of vpc?.cidrBlocks ?? []) {
      await gateways.network.authorizeIngress(groupId, { protocol: 'tcp', fromPort: HTTPS, toPort: HTTPS, cidr });
    }
  } catch (error) {
    await removeGroup(gateways, groupId);
    throw error;
  }
  return groupId;
}

function madeGroup({ network }: CloudGateways, id: SecurityGroupId) {
  return {
    id,
    label: t('security group {0}', id),
    remove: (call: object) => network.deleteSecurityGroup(id, call),
  };
}

/** After a lost link or an abort the endpoint may exist all the same, and needs its group. */
function isRefusal(error: unknown): boolean {
  return asLabError(error).cloudCode !== undefined;
}

async function removeGroup(gateways: CloudGateways, groupId: SecurityGroupId): Promise<void> {
  // The error that led here is the one to show; a group that stays costs nothing.
  await gateways.network.deleteSecurityGroup(groupId).catch(() => undefined);
}
