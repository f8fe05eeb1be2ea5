/** The lab's mistakes, to be made on purpose. */
import { prose } from '../../core/prose';
import { need } from '../../core/reading';
import { ALL_PROTOCOLS, HTTPS, TCP } from '../../core/rules/flow';
import type { Breakage } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { mainTable, noRights, noRole, publicSubnet } from '../privateNetwork/mistakes';
import { findTable, serviceName } from './find';

const wrongTable: Breakage = {
  id: 'wrong-table',
  title: prose('The main route table is ticked instead of the one of the private subnet.'),
  alter: (action, site) => {
    if (action.operation === 'addEndpointRouteTable') return [];
    if (action.operation !== 'createGatewayEndpoint') return [action];
    const main = need(site.snapshot.routeTables).filter(({ vpcId, isMain }) => vpcId === action.vpcId && isMain);
    return [{ ...action, routeTableIds: main.map(({ id }) => id) }];
  },
};

const endpointFirst: Breakage = {
  id: 'endpoint-first',
  title: prose('The endpoint is made before the call was tried without one.'),
  alter: (action, site) => {
    const table = findTable(site);
    if (action.operation !== 'createInterfaceEndpoint' || !table) return [action];
    const create: LabAction = {
      operation: 'createGatewayEndpoint',
      name: `${ownName(site)}-s3`,
      vpcId: action.vpcId,
      serviceName: serviceName(site),
      routeTableIds: [table.id],
    };
    return [create, action];
  },
};

const otherRegion: Breakage = {
  id: 'other-region',
  title: prose('The command calls S3 in another Region.'),
  alter: (action, { snapshot }) => {
    if (action.operation !== 'captureWhile' || action.command !== 'listBuckets') return [action];
    const { region } = snapshot.place;
    const other = region === 'us-east-1' ? 'us-west-2' : 'us-east-1';
    return [{ ...action, commandLine: action.commandLine.replace(`--region ${region}`, `--region ${other}`) }];
  },
};

const listingOnly = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:ListAllMyBuckets', Resource: '*' }],
});

const endpointPolicy: Breakage = {
  id: 'endpoint-policy',
  title: prose('The endpoint’s policy allows listing the buckets and nothing else.'),
  alter: action =>
    action.operation === 'createGatewayEndpoint' ? [{ ...action, policyDocument: listingOnly }] : [action],
};

const restrictedEgress: Breakage = {
  id: 'restricted-egress',
  title: prose('The instance’s security group lets TCP 443 out to the VPC only.'),
  alter: (action, site) => {
    if (action.operation !== 'launchInstance') return [action];
    return [...action.securityGroupIds.flatMap(groupId => restrict(site, groupId)), action];
  },
};

function restrict({ snapshot }: LabSite, groupId: string): readonly LabAction[] {
  const group = need(snapshot.securityGroups).find(({ id }) => id === groupId);
  const vpc = need(snapshot.vpcs).find(({ id }) => id === group?.vpcId);
  const [cidr] = vpc?.cidrBlocks ?? [];
  if (!group || cidr === undefined) return [];
  const everything = group.rules.filter(
    ({ direction, protocol }) => direction === 'egress' && protocol === ALL_PROTOCOLS,
  );
  const peer = { kind: 'cidr', cidr } as const;
  const rule = {
    direction: 'egress',
    protocol: TCP,
    fromPort: HTTPS,
    toPort: HTTPS,
    peer,
    description: undefined,
  } as const;
  return [
    { operation: 'addSecurityGroupRule', groupId: group.id, rule },
    ...everything.map(rule => ({ operation: 'removeSecurityGroupRule', groupId: group.id, rule }) as const),
  ];
}

export const mistakes: readonly Breakage[] = [
  mainTable,
  publicSubnet,
  noRole,
  noRights('AmazonS3ReadOnlyAccess'),
  endpointFirst,
  wrongTable,
  restrictedEgress,
  otherRegion,
  endpointPolicy,
];
