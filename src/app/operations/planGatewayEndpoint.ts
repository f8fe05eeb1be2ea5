import type { RouteTableId, VpcId } from '../../core/ids';
import type { VpcEndpoint } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import { awsCommand, tagFlag } from '../changes/awsCommand';
import type { PlannedChange } from '../changes/plannedChange';
import { making } from '../changes/tellStore';
import { dropWarning, subnetNames, tableFact } from './changeEndpointRouteTables';
import type { GatewayChoices } from './readGatewayChoices';

export interface GatewayEndpointRequest {
  readonly vpcId: VpcId;
  readonly serviceName: string;
  readonly routeTableIds: readonly RouteTableId[];
  /** JSON of an IAM policy; undefined: full access. */
  readonly policyDocument?: string | undefined;
  readonly name: string | undefined;
}

/** Creating a gateway endpoint: a route to the service in each of the tables. */
export function planGatewayEndpoint(
  scope: Scope,
  { snapshot }: GatewayChoices,
  request: GatewayEndpointRequest,
  options: { readonly store?: ResourceStore<EndpointDetails> } = {},
): PlannedChange<VpcEndpoint> {
  const { vpcId, serviceName, routeTableIds, policyDocument, name } = request;
  const tags = name === undefined ? {} : { Name: name };
  const service = serviceLabel(serviceName);
  const clientToken = crypto.randomUUID();
  const input = { vpcId, serviceName, routeTableIds, policyDocument, tags, clientToken };
  return {
    label: t('Create the endpoint'),
    doing: t('Creating the endpoint'),
    facts: [
      ...(name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: name }]),
      { icon: 'globe', label: t('Service'), text: `${service} · ${vpcId}` },
      ...tableFact('list-flat', t('Route tables'), snapshot, routeTableIds),
      { icon: 'type-hierarchy', label: t('Subnets'), text: subnetNames(snapshot, { vpcId }, routeTableIds) },
      ...(policyDocument === undefined
        ? []
        : [{ icon: 'law', label: t('Policy'), text: t('custom, {0} characters', policyDocument.length) }]),
    ],
    warnings: routeTableIds.length > 0 ? [dropWarning(service, subnetNames(snapshot, { vpcId }, routeTableIds))] : [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'create-vpc-endpoint', {
        'vpc-endpoint-type': 'Gateway',
        'vpc-id': vpcId,
        'service-name': serviceName,
        'route-table-ids': routeTableIds.length > 0 ? routeTableIds : undefined,
        'policy-document': policyDocument,
        'tag-specifications': tagFlag('vpc-endpoint', tags),
      }),
    ],
    rehearse: async call => (await scope.gateways()).endpoints.createGatewayEndpoint(input, call),
    run: async () => {
      const { endpoints } = await scope.gateways();
      return making(options.store, scope, endpoints.createGatewayEndpoint(input));
    },
  };
}
