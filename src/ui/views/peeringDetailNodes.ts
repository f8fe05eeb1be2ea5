import type { PeeringDetails, PeeringSideDetails, PeeringTable } from '../../app/peering/peeringDetails';
import { nameOrId } from '../../core/network';
import { peeringLackWords, remoteDnsWords, sideWords } from '../../words/peering';
import { t } from '../../words/translation';
import { DetailGroup, DetailNode } from './detailNode';
import { failureNodes, gapNodes } from './endpointDetails';
import { timeNodes } from './timeNode';
import type { TreeNode } from './treeNode';

/** What a peering connection opens into: what is missing first, then both sides. */
export function peeringDetailNodes(
  id: string,
  { connection, sides, lacks, gaps }: PeeringDetails,
  nowMs: () => number,
): readonly TreeNode[] {
  const { state, statusMessage, expiresAtMs } = connection;
  const missing = lacks.map(
    (lack, index) =>
      new DetailNode(`${id}/lack/${index}`, {
        label: peeringLackWords(lack),
        icon: 'warning',
        iconColor: 'list.warningForeground',
      }),
  );
  const expiry = {
    atMs: state === 'pendingAcceptance' ? expiresAtMs : undefined,
    label: t('the request expires'),
    icon: 'watch',
  };
  return [
    ...failureNodes(id, state === 'failed' ? statusMessage : undefined),
    ...gapNodes(id, gaps),
    ...(missing.length > 0 ? [new DetailGroup(`${id}/lacks`, t('Missing'), missing)] : []),
    ...timeNodes(`${id}/expires`, expiry, nowMs),
    ...sides.map(side => sideNode(`${id}/${side.name}`, side)),
  ];
}

function sideNode(id: string, { name, side, isOwn, tables }: PeeringSideDetails): TreeNode {
  const fact = (key: string, label: string, value: string, icon: string) =>
    new DetailNode(`${id}/${key}`, { label: value, description: label, icon, copyText: value });
  return new DetailGroup(
    id,
    sideWords(name),
    [
      fact('vpc', t('VPC'), side.vpcId, 'cloud'),
      fact('account', isOwn ? t('this account') : t('account'), side.accountId, 'account'),
      fact('region', t('region'), side.region, 'location'),
      ...side.cidrBlocks.map(cidr => fact(`cidr/${cidr}`, t('range'), cidr, 'symbol-array')),
      new DetailNode(`${id}/dns`, { label: remoteDnsWords(side.allowsRemoteDnsResolution), icon: 'globe' }),
      ...(tables
        ? tables.map(table => tableNode(id, table))
        : [new DetailNode(`${id}/unseen`, { label: t('its route tables are not in sight here'), icon: 'eye-closed' })]),
    ],
    side.vpcId,
  );
}

function tableNode(id: string, { table, routes }: PeeringTable): TreeNode {
  const ranges = routes.map(({ destination, state }) => {
    const range = destination.kind === 'cidr' ? destination.cidr : destination.prefixListId;
    return state === 'blackhole' ? t('{0} (black hole)', range) : range;
  });
  return new DetailNode(`${id}/${table.id}`, {
    label: nameOrId(table),
    description: routes.length > 0 ? t('leads over it: {0}', ranges.join(', ')) : t('does not know it'),
    icon: routes.length > 0 ? 'arrow-right' : 'dash',
    copyText: table.id,
  });
}
