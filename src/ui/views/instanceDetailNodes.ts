import type { InstanceEntry, Scope } from '../../app/appModel';
import type { InstanceDetails } from '../../app/instanceDetails';
import { nameOrId, type RouteTable, type Subnet } from '../../core/network';
import { routeWords } from '../../words/routes';
import { reachAdvice, reachWords, unreachedWords } from '../../words/sessionReach';
import { t } from '../../words/translation';
import { DetailGroup, DetailNode } from './detailNode';
import { gapNodes, tagNodes } from './endpointDetails';
import { InstanceProfileNode } from './instanceProfileNode';
import { SecurityGroupNode } from './securityGroupNode';
import { timeNodes } from './timeNode';
import type { TreeNode } from './treeNode';

/** What an instance's node opens into: first whether a shell can be had, or why not and what to do. */
export function instanceDetailNodes(
  id: string,
  scope: Scope,
  entry: InstanceEntry,
  details: InstanceDetails,
  nowMs: () => number,
): readonly TreeNode[] {
  const { instance, availabilityZone } = entry;
  const { securityGroups, subnet, routeTable, gaps } = details;
  const fact = (key: string, label: string, value: string | undefined, icon: string) =>
    value ? [new DetailNode(`${id}/${key}`, { label: value, description: label, icon, copyText: value })] : [];
  const groups = securityGroups.map(group => new SecurityGroupNode(id, scope, group));
  return [
    ...reachNodes(id, entry, details),
    ...gapNodes(id, gaps),
    ...fact('private', t('private address'), instance.privateIpAddress, 'plug'),
    ...fact('public', t('public address'), instance.publicIpAddress, 'globe'),
    ...(instance.instanceProfileArn ? [new InstanceProfileNode(id, scope, instance.instanceProfileArn)] : []),
    new DetailGroup(`${id}/groups`, t('Security groups'), groups),
    ...(subnet
      ? [subnetNode(id, subnet, routeTable)]
      : fact('subnet', t('subnet'), instance.subnetId, 'type-hierarchy')),
    ...fact('vpc', t('VPC'), instance.vpcId, 'cloud'),
    ...fact('id', t('instance'), instance.id, 'vm'),
    ...fact('type', t('type'), instance.instanceType, 'server'),
    ...fact('zone', t('Availability Zone'), availabilityZone, 'location'),
    ...fact('image', t('image'), instance.imageId, 'package'),
    ...timeNodes(`${id}/launched`, { atMs: instance.launchedAtMs, label: t('launched'), icon: 'calendar' }, nowMs),
    ...tagNodes(id, instance.tags),
  ];
}

function reachNodes(id: string, { reach }: InstanceEntry, { cause }: InstanceDetails): readonly TreeNode[] {
  if (reach.kind === 'online') {
    return [new DetailNode(`${id}/reach`, { label: reachWords(reach), icon: 'pass', iconColor: 'testing.iconPassed' })];
  }
  const why = cause && unreachedWords(cause);
  const advice = why?.advice ?? reachAdvice(reach);
  const label = why ? why.sentence : reachWords(reach);
  return [
    new DetailNode(`${id}/reach`, {
      label,
      description: why ? reachWords(reach) : '',
      tooltip: [reachWords(reach), why?.sentence, advice].filter(Boolean).join('\n'),
      icon: reach.kind === 'registering' ? 'watch' : 'warning',
      iconColor: 'list.warningForeground',
    }),
    ...(advice ? [new DetailNode(`${id}/advice`, { label: advice, icon: 'lightbulb' })] : []),
  ];
}

function subnetNode(id: string, subnet: Subnet, table: RouteTable | undefined): TreeNode {
  const routes = (table?.routes ?? []).map(
    (route, index) => new DetailNode(`${id}/route/${index}`, { label: routeWords(route), icon: 'arrow-right' }),
  );
  const tables = table
    ? [
        new DetailNode(
          `${id}/${table.id}`,
          {
            label: nameOrId(table),
            description: table.isMain ? t('route table, the VPC’s main one') : t('route table'),
            icon: 'list-flat',
            copyText: table.id,
          },
          routes,
        ),
      ]
    : [];
  return new DetailNode(
    `${id}/subnet`,
    {
      label: nameOrId(subnet),
      description: [t('subnet'), subnet.availabilityZone, subnet.cidrBlock].join(' · '),
      tooltip: subnet.id,
      icon: 'type-hierarchy',
      copyText: subnet.id,
    },
    tables,
  );
}
