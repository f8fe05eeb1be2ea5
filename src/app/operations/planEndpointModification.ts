import { nameOrId, type VpcEndpoint } from '../../core/network';
import type { EndpointChange } from '../../core/ports/endpointGateway';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import { awsCommand, type FlagValue } from '../changes/awsCommand';
import type { ChangeFact, PlannedChange } from '../changes/plannedChange';
import { changing } from '../changes/tellStore';
import type { DnsAttribute } from '../endpointPlan';
import { dnsAttributeCommands, enableDnsAttributes } from './enableDnsAttributes';

/** What the kinds of modification differ in. */
export interface EndpointModification {
  /** "Change the subnets" */
  readonly label: string;
  readonly change: EndpointChange;
  readonly facts: readonly ChangeFact[];
  readonly warnings?: readonly string[];
  /** What it adds to the bill, or takes off it. */
  readonly hourlyPriceUsd?: number;
  /** Switched on first: private DNS needs them. */
  readonly dnsAttributes?: readonly DnsAttribute[];
}

/** Changing an endpoint by one call of ModifyVpcEndpoint. */
export function planEndpointModification(
  scope: Scope,
  endpoint: VpcEndpoint,
  modification: EndpointModification,
  store?: ResourceStore<EndpointDetails>,
): PlannedChange<void> {
  const { label, change, facts, warnings = [], hourlyPriceUsd = 0, dnsAttributes = [] } = modification;
  return {
    label,
    doing: t('Changing {0}', nameOrId(endpoint)),
    facts,
    warnings,
    hourlyPriceUsd,
    commandLines: [
      ...dnsAttributeCommands(scope, endpoint.vpcId, dnsAttributes),
      awsCommand(scope, 'ec2', 'modify-vpc-endpoint', { 'vpc-endpoint-id': endpoint.id, ...changeFlags(change) }),
    ],
    rehearse: async call => (await scope.gateways()).endpoints.modifyEndpoint(endpoint.id, change, call),
    run: async context => {
      const gateways = await scope.gateways();
      await enableDnsAttributes(gateways, endpoint.vpcId, dnsAttributes, context);
      context.signal.throwIfAborted();
      await changing(store, scope, endpoint.id, gateways.endpoints.modifyEndpoint(endpoint.id, change));
    },
  };
}

function changeFlags(change: EndpointChange): Readonly<Record<string, FlagValue>> {
  const { privateDnsEnabled, isPrivateDnsForInboundOnly, policy } = change;
  return {
    'add-subnet-ids': some(change.addSubnetIds),
    'remove-subnet-ids': some(change.removeSubnetIds),
    'add-security-group-ids': some(change.addSecurityGroupIds),
    'remove-security-group-ids': some(change.removeSecurityGroupIds),
    'add-route-table-ids': some(change.addRouteTableIds),
    'remove-route-table-ids': some(change.removeRouteTableIds),
    'private-dns-enabled': privateDnsEnabled === true ? true : undefined,
    'no-private-dns-enabled': privateDnsEnabled === false ? true : undefined,
    'dns-options':
      isPrivateDnsForInboundOnly === undefined
        ? undefined
        : `PrivateDnsOnlyForInboundResolverEndpoint=${isPrivateDnsForInboundOnly}`,
    'ip-address-type': change.ipAddressType,
    'reset-policy': policy === 'fullAccess' ? true : undefined,
    'policy-document': typeof policy === 'object' ? policy.document : undefined,
  };
}

const some = (ids: readonly string[] | undefined) => (ids && ids.length > 0 ? ids : undefined);

/** What is new in a choice, and what is no longer chosen. */
export function difference<T>(
  before: readonly T[],
  after: readonly T[],
): { readonly added: T[]; readonly removed: T[] } {
  return {
    added: after.filter(item => !before.includes(item)),
    removed: before.filter(item => !after.includes(item)),
  };
}
