/** Mistakes that any lab in a private subnet can make. */
import type { RouteTableId, VpcId } from '../../core/ids';
import { managedPolicyArn } from '../../core/partition';
import { prose } from '../../core/prose';
import { need } from '../../core/reading';
import { isOwn } from '../choose';
import type { Breakage } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';

/** A gateway of the VPC, and a default route to it in a table. The route comes at the next look, when the gateway has its id. */
function leadOut(site: LabSite, vpcId: VpcId, routeTableId: RouteTableId): readonly LabAction[] {
  const gateway = need(site.snapshot.internetGateways).find(({ tags }) => tags && isOwn(site, { tags }));
  const create: LabAction = { operation: 'createInternetGateway', name: ownName(site), vpcId };
  if (!gateway) return [create];
  const target = { kind: 'internetGateway', id: gateway.id } as const;
  return [create, { operation: 'createRoute', routeTableId, destination: '0.0.0.0/0', target }];
}

const withPublicAddress = (action: LabAction): LabAction =>
  action.operation === 'launchInstance' ? { ...action, hasPublicAddress: true } : action;

/** The subnet keeps the main table, and that leads out. */
export const mainTable: Breakage = {
  id: 'main-table',
  title: prose('The subnet keeps the main route table, which leads to an internet gateway.'),
  alter: (action, site) => {
    if (action.operation !== 'createRouteTable') return [withPublicAddress(action)];
    const { vpcId } = action;
    const main = need(site.snapshot.routeTables).find(table => table.vpcId === vpcId && table.isMain);
    return main ? leadOut(site, vpcId, main.id) : [];
  },
};

/** The subnet's own table leads out as well. */
export const publicSubnet: Breakage = {
  id: 'public-subnet',
  title: prose('The subnet’s own route table leads to an internet gateway.'),
  alter: (action, site) => {
    if (action.operation !== 'associateRouteTable') return [withPublicAddress(action)];
    const { routeTableId } = action;
    const table = need(site.snapshot.routeTables).find(({ id }) => id === routeTableId);
    const way = table ? leadOut(site, table.vpcId, routeTableId) : [];
    return way.some(({ operation }) => operation === 'createRoute') ? [...way, action] : way;
  },
};

/** The instance wears no role. */
export const noRole: Breakage = {
  id: 'no-role',
  title: prose('The instance is launched without a role.'),
  alter: action => (action.operation === 'launchInstance' ? [{ ...action, instanceProfileName: undefined }] : [action]),
};

/** The role lacks the rights that the lab's calls need. */
export const noRights = (policy: string): Breakage => ({
  id: 'no-rights',
  title: prose('The role may use Session Manager only.'),
  alter: (action, { snapshot }) => {
    if (action.operation !== 'createInstanceRole') return [action];
    const lacking = managedPolicyArn(snapshot.place.region, policy);
    return [{ ...action, policyArns: action.policyArns.filter(arn => arn !== lacking) }];
  },
});
