import { prose } from '../../core/prose';
import { need } from '../../core/reading';
import { isOwnNamed } from '../choose';
import type { Breakage, Step } from '../lab';
import type { LabAction } from '../labAction';
import { findVpc, sideName } from './find';

const isAt = (step: Step, id: string, action: LabAction, operation: LabAction['operation']) =>
  step.id === id && action.operation === operation;

/** The mistakes of this lab, made on purpose. */
export const breakages: readonly Breakage[] = [
  {
    id: 'overlap',
    title: prose('The second VPC has the range of the first.'),
    alter: (action, site) => {
      const [taken] = findVpc(site, 'A')?.cidrBlocks ?? [];
      if (action.operation === 'createVpc' && taken) return [{ ...action, cidrBlock: taken }];
      return [action.operation === 'createSubnet' ? { ...action, cidrBlock: '172.31.0.0/24' } : action];
    },
  },
  {
    id: 'not-accepted',
    title: prose('Nobody accepts the request.'),
    alter: action => (action.operation === 'acceptPeeringConnection' ? [] : [action]),
  },
  {
    id: 'no-route-there',
    title: prose('The first VPC has no route to the second.'),
    alter: (action, _site, step) => (isAt(step, '4.4', action, 'createRoute') ? [] : [action]),
  },
  {
    id: 'wrong-table',
    title: prose('The first VPC’s route goes into a table that the instance’s subnet does not use.'),
    alter: (action, site, step) => {
      if (step.id !== '4.4' || action.operation !== 'createRoute') return [action];
      const vpcId = findVpc(site, 'A')?.id;
      const name = sideName(site, 'A');
      const unused = need(site.snapshot.routeTables).find(table => isOwnNamed(site, table, name));
      if (unused) return [{ ...action, routeTableId: unused.id }];
      return vpcId ? [{ operation: 'createRouteTable', name, vpcId }] : [];
    },
  },
  {
    id: 'no-route-back',
    title: prose('The second VPC has no route to the first.'),
    alter: (action, _site, step) => (isAt(step, '4.5', action, 'createRoute') ? [] : [action]),
  },
  {
    id: 'groups-closed',
    title: prose('The instances’ security groups do not admit ICMP.'),
    alter: action => (action.operation === 'addSecurityGroupRule' ? [] : [action]),
  },
];
