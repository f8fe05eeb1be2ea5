import { iamArn } from '../../core/partition';
import { prose } from '../../core/prose';
import { HTTPS } from '../../core/rules/flow';
import type { Breakage, Step } from '../lab';
import type { LabAction } from '../labAction';
import { admitTcp } from '../ruleTemplates';

type Operation = LabAction['operation'];

const leavesOut = (operation: Operation) => (action: LabAction) => (action.operation === operation ? [] : [action]);

/** The mistakes of this lab, made on purpose. */
export const breakages: readonly Breakage[] = [
  {
    id: 'nginx-not-started',
    title: prose('nginx is neither installed nor started.'),
    alter: action =>
      action.operation === 'run' && action.command === 'install' ? [{ ...action, commandLine: 'true' }] : [action],
  },
  {
    id: 'no-listener',
    title: prose('The balancer gets no listener.'),
    alter: leavesOut('createListener'),
  },
  {
    id: 'listener-8080',
    title: prose('The balancer listens at port 8080 instead of 80.'),
    alter: action => [action.operation === 'createListener' ? { ...action, port: 8080 } : action],
  },
  {
    id: 'server-closed',
    title: prose('The server’s security group does not admit the balancer.'),
    alter: (action, _site, step) => (isRule(action, step, '6.5') && !isFromAnywhere(action) ? [] : [action]),
  },
  {
    id: 'balancer-closed',
    title: prose('The balancer’s security group admits TCP 443 instead of 80.'),
    alter: (action, _site, step) => [
      isRule(action, step, '6.5') && isFromAnywhere(action)
        ? { ...action, rule: admitTcp(HTTPS, '0.0.0.0/0') }
        : action,
    ],
  },
  {
    id: 'cross-zone-off',
    title: prose('Cross-zone load balancing stays off, with one server in three zones.'),
    alter: leavesOut('setCrossZone'),
  },
  {
    id: 'no-permission',
    title: prose('The consumer’s account is not allowed to find the service.'),
    alter: leavesOut('allowPrincipal'),
  },
  {
    id: 'wrong-principal',
    title: prose('The provider’s own account is allowed instead of the consumer’s.'),
    alter: (action, { snapshot: { place } }) => [
      action.operation === 'allowPrincipal'
        ? { ...action, principal: iamArn(place.region, place.accountId, 'root') }
        : action,
    ],
  },
  {
    id: 'no-80',
    title: prose('The endpoint’s security group does not admit TCP 80.'),
    alter: (action, _site, step) => (isRule(action, step, '6.14') ? [] : [action]),
  },
  {
    id: '443-instead-of-80',
    title: prose('The endpoint’s security group admits TCP 443 instead of 80.'),
    alter: (action, _site, step) => [
      isRule(action, step, '6.14') ? { ...action, rule: { ...action.rule, fromPort: HTTPS, toPort: HTTPS } } : action,
    ],
  },
  {
    id: 'not-accepted',
    title: prose('The provider does not accept the connection.'),
    alter: leavesOut('acceptConnection'),
  },
];

type RuleAction = Extract<LabAction, { readonly operation: 'addSecurityGroupRule' }>;

const isRule = (action: LabAction, step: Step, stepId: string): action is RuleAction =>
  action.operation === 'addSecurityGroupRule' && step.id === stepId;

const isFromAnywhere = ({ rule }: RuleAction) => rule.peer.kind === 'cidr' && rule.peer.cidr === '0.0.0.0/0';
