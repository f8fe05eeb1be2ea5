import type { VpcEndpoint } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { privateDnsObstacleWords } from '../../words/endpointPlans';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { ChangeFact, PlannedChange } from '../changes/plannedChange';
import type { CreateInterfaceEndpointRequest, EndpointChoices, EndpointSummary } from '../endpointPlan';
import { createInterfaceEndpoint } from './createInterfaceEndpoint';
import { summarizeEndpoint } from './summarizeEndpoint';

/** Creating an interface endpoint, with a security group of its own when none fits. */
export function planInterfaceEndpoint(
  scope: Scope,
  choices: EndpointChoices,
  request: CreateInterfaceEndpointRequest,
  options: { readonly store?: ResourceStore<EndpointDetails> } = {},
): PlannedChange<VpcEndpoint> {
  const summary = summarizeEndpoint(choices, request);
  const { privateDnsObstacle } = summary;
  return {
    label: t('Create the endpoint'),
    doing: t('Creating the endpoint'),
    facts: facts(summary),
    warnings: privateDnsObstacle ? [privateDnsObstacleWords(privateDnsObstacle)] : [],
    hourlyPriceUsd: summary.hourlyPriceUsd,
    commandLines: summary.commandLines,
    rehearse: async call => {
      const { endpoints } = await scope.gateways();
      const { name: _name, securityGroupIds = [], ...rest } = request;
      return endpoints.createInterfaceEndpoint(
        { ...rest, securityGroupIds, tags: {}, clientToken: crypto.randomUUID() },
        call,
      );
    },
    run: () => createInterfaceEndpoint(scope, choices, summary, options),
  };
}

function facts({ request, zones, newSecurityGroupName }: EndpointSummary): readonly ChangeFact[] {
  const dns = request.privateDnsEnabled ? t('private DNS on') : t('private DNS off');
  const group = newSecurityGroupName
    ? t('new group {0}, admits 443 from the VPC', newSecurityGroupName)
    : (request.securityGroupIds ?? []).join(', ');
  return [
    ...(request.name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: request.name }]),
    { icon: 'globe', label: t('Service'), text: [serviceLabel(request.serviceName), dns].join(' · ') },
    { icon: 'plug', label: t('Interfaces'), text: zones.join(', ') },
    { icon: 'shield', label: t('Security group'), text: group },
  ];
}
