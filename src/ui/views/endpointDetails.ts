import type { EndpointDetails, EndpointInterface, EndpointRouteTable } from '../../app/appModel';
import { isOwnName, zoneOfOwnName } from '../../core/endpointNames';
import { isFullAccess } from '../../core/endpointPolicy';
import { nameOrId, type SecurityGroup, type Tags, type VpcEndpoint } from '../../core/network';
import { HTTPS } from '../../core/rules/flow';
import { rulesAdmitting } from '../../core/rules/rulesAdmitting';
import { ownServiceOf } from '../../core/serviceNames';
import type { Gap } from '../../core/snapshot';
import {
  admissionWords,
  dnsNameWords,
  endpointKindWords,
  notAdmittedWords,
  policyWords,
  privateDnsWords,
} from '../../words/endpointDetails';
import { gapWords } from '../../words/gaps';
import { ruleWords } from '../../words/securityGroupRules';
import { t } from '../../words/translation';
import { DetailGroup, DetailNode } from './detailNode';
import type { EndpointTarget } from './targets';
import { timeNodes } from './timeNode';
import type { TreeNode } from './treeNode';

/** What an endpoint's node opens into. `ports`: where another's service listens, as far as that can be seen. */
export function endpointDetails(
  id: string,
  details: EndpointDetails,
  target: EndpointTarget,
  nowMs: () => number,
  ports: readonly number[] = [],
): readonly TreeNode[] {
  const { endpoint, interfaces, securityGroups, routeTables, gaps } = details;
  const hasInterfaces = endpoint.kind !== 'gateway';
  const admission =
    securityGroups.length > 0
      ? admittedPorts(endpoint, ports).map(port => admissionNode(id, securityGroups, port))
      : [];
  return [
    ...failureNodes(id, endpoint.failure),
    ...gapNodes(id, gaps),
    ...(hasInterfaces ? [interfaceGroup(id, interfaces)] : [routeTableGroup(id, routeTables)]),
    ...(hasInterfaces ? [namesGroup(id, endpoint)] : []),
    ...(hasInterfaces ? [securityGroupGroup(id, securityGroups, admission)] : []),
    policyNode(id, endpoint, target),
    ...factNodes(id, endpoint),
    ...createdNodes(id, endpoint.createdAtMs, nowMs),
    ...tagNodes(id, endpoint.tags),
  ];
}

export function failureNodes(id: string, failure: string | undefined): readonly TreeNode[] {
  if (!failure) return [];
  return [new DetailNode(`${id}/why`, { label: failure, icon: 'error', iconColor: 'list.errorForeground' })];
}

export function gapNodes(id: string, gaps: readonly Gap[]): readonly TreeNode[] {
  return gaps.map(
    gap =>
      new DetailNode(`${id}/gap/${gap.reading}`, {
        label: gapWords(gap),
        icon: 'warning',
        iconColor: 'list.warningForeground',
      }),
  );
}

/** Address, zone by name and by id, subnet. */
export function interfaceGroup(id: string, interfaces: readonly EndpointInterface[]): TreeNode {
  const nodes = interfaces.map(item => {
    const zone = [item.availabilityZone, item.availabilityZoneId && `(${item.availabilityZoneId})`]
      .filter(Boolean)
      .join(' ');
    return new DetailNode(`${id}/${item.id}`, {
      label: item.privateIpAddress,
      description: [zone, item.subnetId].filter(Boolean).join(' · '),
      tooltip: [item.id, item.privateIpAddress, zone, item.subnetId, item.status].filter(Boolean).join('\n'),
      icon: 'plug',
      copyText: item.privateIpAddress,
    });
  });
  return new DetailGroup(`${id}/interfaces`, t('Interfaces'), nodes);
}

function namesGroup(id: string, endpoint: VpcEndpoint): TreeNode {
  const nodes = endpoint.dnsEntries.map(
    ({ name }) =>
      new DetailNode(`${id}/${name}`, {
        label: name,
        description: dnsNameWords(isOwnName(name), zoneOfOwnName(name)),
        icon: 'globe',
        copyText: name,
      }),
  );
  return new DetailGroup(`${id}/names`, t('DNS names'), nodes, privateDnsWords(endpoint));
}

/** AWS's own services answer on 443; an endpoint service on the ports of its listeners, which only its owner can see. */
function admittedPorts({ serviceName }: VpcEndpoint, listening: readonly number[]): readonly (number | undefined)[] {
  if (!ownServiceOf(serviceName)) return [HTTPS];
  return listening.length > 0 ? listening : [undefined];
}

/** Each group with its rules, under what `verdict` says of them. */
export function securityGroupGroup(
  id: string,
  groups: readonly SecurityGroup[],
  verdict: readonly TreeNode[] = [],
): TreeNode {
  const nodes = groups.map(group => securityGroupNode(id, group));
  return new DetailGroup(`${id}/groups`, t('Security groups'), [...verdict, ...nodes], String(groups.length));
}

/** The rule that lets clients in, or the fact that none does. */
function admissionNode(id: string, groups: readonly SecurityGroup[], port: number | undefined): TreeNode {
  const admitting = rulesAdmitting(groups, port);
  const [first] = admitting;
  const rules = admitting.map(({ group, rule }) => `${group.name}: ${ruleWords(rule)}`);
  return new DetailNode(`${id}/admission/${port ?? 'any'}`, {
    label: admissionWords(port, first !== undefined),
    description: first ? rules.join('; ') : notAdmittedWords(),
    icon: first ? 'pass' : 'error',
    iconColor: first ? 'testing.iconPassed' : 'list.errorForeground',
  });
}

function securityGroupNode(id: string, group: SecurityGroup): TreeNode {
  const rules = group.rules.map(
    rule =>
      new DetailNode(`${id}/${group.id}/${rule.id}`, {
        label: ruleWords(rule),
        icon: rule.direction === 'ingress' ? 'arrow-right' : 'arrow-left',
      }),
  );
  return new DetailNode(
    `${id}/${group.id}`,
    { label: group.name, description: group.id, icon: 'shield', copyText: group.id },
    rules,
  );
}

/** Each table with its route to the endpoint and the subnets whose traffic leaves by it. */
function routeTableGroup(id: string, tables: readonly EndpointRouteTable[]): TreeNode {
  const nodes = tables.map(table => {
    const path = `${id}/${table.id}`;
    const route = table.prefixListId
      ? [
          new DetailNode(`${path}/route`, {
            label: table.prefixListName ?? table.prefixListId,
            description: [table.prefixListName && table.prefixListId, t('to this endpoint')]
              .filter(Boolean)
              .join(' · '),
            icon: 'arrow-right',
            copyText: table.prefixListId,
          }),
        ]
      : [];
    const users = table.subnets.map(
      subnet =>
        new DetailNode(`${path}/${subnet.id}`, {
          label: nameOrId(subnet),
          description: [subnet.availabilityZone, subnet.cidrBlock].join(' · '),
          tooltip: t('{0} leaves by this table', subnet.id),
          icon: 'type-hierarchy',
          copyText: subnet.id,
        }),
    );
    const description = [
      table.name && table.id,
      table.subnets.length === 1 ? t('1 subnet uses it') : t('{0} subnets use it', table.subnets.length),
    ];
    return new DetailNode(
      path,
      {
        label: table.name ?? table.id,
        description: description.filter(Boolean).join(' · '),
        icon: 'list-flat',
        copyText: table.id,
      },
      [...route, ...users],
    );
  });
  return new DetailGroup(`${id}/tables`, t('Route tables'), nodes);
}

/** Opens in the policy editor. */
function policyNode(id: string, endpoint: VpcEndpoint, target: EndpointTarget): TreeNode {
  return new DetailNode(`${id}/policy`, {
    label: t('Policy'),
    description: policyWords(isFullAccess(endpoint.policyDocument)),
    icon: 'law',
    command: { command: 'vpcLabs.endpoint.editPolicy', title: t('Edit Policy'), arguments: [target] },
  });
}

function factNodes(id: string, endpoint: VpcEndpoint): readonly TreeNode[] {
  const facts: readonly (readonly [key: string, label: string, value: string | undefined, icon: string])[] = [
    ['kind', t('kind'), endpointKindWords(endpoint.kind), 'symbol-class'],
    ['service', t('service'), endpoint.serviceName || endpoint.targetArn, 'cloud'],
    ['region', t('region of the service'), endpoint.serviceRegion, 'location'],
    ['vpc', t('VPC'), endpoint.vpcId, 'type-hierarchy'],
    ['owner', t('owner'), endpoint.ownerId, 'account'],
    ['addresses', t('address type'), endpoint.ipAddressType, 'symbol-numeric'],
  ];
  return facts.flatMap(([key, label, value, icon]) =>
    value ? [new DetailNode(`${id}/${key}`, { label: value, description: label, icon, copyText: value })] : [],
  );
}

/** Since when it has been there. */
export function createdNodes(id: string, atMs: number, nowMs: () => number): readonly TreeNode[] {
  return timeNodes(`${id}/created`, { atMs, label: t('created'), icon: 'calendar' }, nowMs);
}

export function tagNodes(id: string, tags: Tags): readonly TreeNode[] {
  const nodes = Object.entries(tags).map(
    ([key, value]) =>
      new DetailNode(`${id}/tag/${key}`, { label: key, description: value, icon: 'tag', copyText: value || key }),
  );
  return nodes.length > 0 ? [new DetailGroup(`${id}/tags`, t('Tags'), nodes)] : [];
}
