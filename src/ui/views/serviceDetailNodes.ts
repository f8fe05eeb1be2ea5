import type { Scope } from '../../app/appModel';
import type { ServiceDetails } from '../../app/serviceDetails';
import type { AllowedPrincipal } from '../../core/endpointService';
import { type EndpointServiceConfiguration, verificationRecordName } from '../../core/endpointServiceConfiguration';
import { describeError } from '../../words/errors';
import { acceptanceWords, privateDnsStateWords } from '../../words/services';
import { t } from '../../words/translation';
import { ConnectionNode } from './connectionNode';
import { DetailGroup, DetailNode } from './detailNode';
import { tagNodes } from './endpointDetails';
import { LoadBalancerNode } from './loadBalancerNode';
import { PrincipalNode } from './principalNode';
import type { TreeNode } from './treeNode';

/** What a service's node opens into. */
export function serviceDetailNodes(id: string, scope: Scope, details: ServiceDetails): readonly TreeNode[] {
  const { service } = details;
  return [
    ...problemNodes(id, details),
    new DetailNode(`${id}/name`, {
      label: service.serviceName,
      description: t('name for consumers'),
      icon: 'cloud',
      copyText: service.serviceName,
    }),
    new DetailNode(`${id}/acceptance`, { label: acceptanceWords(service.isAcceptanceRequired), icon: 'verified' }),
    ...connectionGroup(id, scope, details),
    ...principalGroup(id, scope, details),
    new DetailGroup(
      `${id}/balancers`,
      t('Load balancers'),
      details.loadBalancers.map(balancer => new LoadBalancerNode(id, scope, balancer)),
    ),
    ...privateDnsNodes(id, service),
    ...placeNodes(id, service),
    ...tagNodes(id, service.tags),
  ];
}

function problemNodes(id: string, { problems }: ServiceDetails): readonly TreeNode[] {
  return problems.map((error, index) => {
    const { sentence, hint } = describeError(error);
    return new DetailNode(`${id}/problem/${index}`, {
      label: sentence,
      description: hint,
      icon: 'warning',
      iconColor: 'list.warningForeground',
    });
  });
}

/** Those that wait stand first. */
function connectionGroup(id: string, scope: Scope, { service, connections }: ServiceDetails): readonly TreeNode[] {
  if (!connections) return [];
  const rank = (state: string) => ['pendingAcceptance', 'pending', 'available'].indexOf(state) + 1 || 9;
  const ordered = connections.toSorted(
    (one, other) => rank(one.state) - rank(other.state) || one.createdAtMs - other.createdAtMs,
  );
  const nodes = ordered.map(connection => new ConnectionNode(id, scope, service, connection));
  return [new DetailGroup(`${id}/connections`, t('Connections'), nodes)];
}

function principalGroup(id: string, scope: Scope, { service, principals }: ServiceDetails): readonly TreeNode[] {
  if (!principals) return [];
  const nodes = principals.map((principal: AllowedPrincipal) => new PrincipalNode(id, scope, service, principal));
  const none = t('nobody but this account');
  return [new DetailGroup(`${id}/principals`, t('Allowed principals'), nodes, nodes.length > 0 ? undefined : none)];
}

/** The name, and the TXT record that proves it. */
function privateDnsNodes(id: string, { privateDnsName }: EndpointServiceConfiguration): readonly TreeNode[] {
  if (!privateDnsName) return [];
  const { name, state, recordValue } = privateDnsName;
  const recordName = verificationRecordName(privateDnsName);
  const record = [
    new DetailNode(`${id}/record/name`, {
      label: recordName,
      description: t('name of the TXT record'),
      icon: 'symbol-field',
      copyText: recordName,
    }),
    new DetailNode(`${id}/record/value`, {
      label: recordValue,
      description: t('value of the TXT record'),
      icon: 'symbol-string',
      copyText: recordValue,
    }),
  ];
  const isVerified = state === 'verified';
  const detail = {
    label: name,
    description: privateDnsStateWords(state),
    icon: isVerified ? 'pass' : 'warning',
    iconColor: isVerified ? 'testing.iconPassed' : 'list.warningForeground',
    copyText: name,
  };
  return [new DetailGroup(`${id}/dns`, t('Private DNS name'), [new DetailNode(`${id}/dns/name`, detail, record)])];
}

function placeNodes(id: string, service: EndpointServiceConfiguration): readonly TreeNode[] {
  const zones = service.availabilityZones.map(
    zone => new DetailNode(`${id}/zone/${zone}`, { label: zone, icon: 'location', copyText: zone }),
  );
  const regions = service.supportedRegions.map(
    name => new DetailNode(`${id}/region/${name}`, { label: name, icon: 'globe', copyText: name }),
  );
  return [
    new DetailGroup(`${id}/zones`, t('Zones'), zones),
    ...(regions.length > 0 ? [new DetailGroup(`${id}/regions`, t('Also from these regions'), regions)] : []),
  ];
}
