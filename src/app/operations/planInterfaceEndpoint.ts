import type { VpcEndpoint } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { privateDnsObstacleWords } from '../../words/endpointPlans';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { ChangeFact, PlannedChange } from '../changes/plannedChange';
import type { CreateInterfaceEndpointRequest, EndpointChoices, EndpointSummary } from '../endpointPlan';
import { createInterfaceEndpoint, endpointInput } from './createInterfaceEndpoint';
import { dnsAttributesText } from './enableDnsAttributes';
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
      const input = endpointInput(request, request.securityGroupIds ?? []);
      return endpoints.createInterfaceEndpoint({ ...input, clientToken: crypto.randomUUID() }, call);
    },
    run: context => createInterfaceEndpoint(scope, choices, summary, { ...options, ...context }),
  };
}

function facts({ request, service, zones, newSecurityGroupName }: EndpointSummary): readonly ChangeFact[] {
  const { dnsAttributesToEnable: attributes = [], policyDocument, serviceRegion } = request;
  const fact = (icon: string, label: string, text: string | undefined) => (text ? [{ icon, label, text }] : []);
  const dns = request.privateDnsEnabled ? t('private DNS on') : t('private DNS off');
  const group = newSecurityGroupName
    ? t('new group {0}, admits 443 from the VPC', newSecurityGroupName)
    : (request.securityGroupIds ?? []).join(', ');
  return [
    ...(request.name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: request.name }]),
    { icon: 'globe', label: t('Service'), text: [serviceLabel(request.serviceName), dns].join(' · ') },
    { icon: 'plug', label: t('Interfaces'), text: zones.join(', ') },
    { icon: 'shield', label: t('Security group'), text: group },
    ...fact('symbol-numeric', t('Address type'), request.ipAddressType),
    ...fact('location', t('Region of the service'), serviceRegion),
    ...fact('law', t('Policy'), policyDocument && t('custom, {0} characters', policyDocument.length)),
    ...fact('globe', t('DNS attributes'), attributes.length > 0 ? dnsAttributesText(request.vpcId, attributes) : ''),
    ...fact(
      'watch',
      t('Acceptance'),
      service?.isAcceptanceRequired ? t('the owner of the service must accept it') : '',
    ),
  ];
}
