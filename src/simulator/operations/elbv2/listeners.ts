import type { Listener } from '../../../core/loadBalancing';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';
import { notSimulated, validationError } from './elbv2Faults';
import { checkPort, elbv2Page, findByArn, kinds } from './elbv2Resources';
import { withElbv2Tags } from './elbv2Tags';
import { actionsShape, forwardedGroup, listenerProtocol } from './listenerActions';

/** "Quotas for your Network Load Balancers": listeners per load balancer. */
const maximumListeners = 50;

type SecureMembers = Pick<
  Elbv2.CreateListenerInput,
  'SslPolicy' | 'Certificates' | 'AlpnPolicy' | 'MutualAuthentication'
>;

function listenerShape(listener: Listener): Elbv2.Listener {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol,
    DefaultActions: actionsShape(listener),
  };
}

function refuseSecure({ SslPolicy, Certificates = [], AlpnPolicy = [], MutualAuthentication }: SecureMembers): void {
  if (SslPolicy !== undefined || Certificates.length > 0 || AlpnPolicy.length > 0 || MutualAuthentication)
    throw notSimulated('The practice cloud makes no listeners with TLS.');
}

function listenersOf(region: PlaceState, loadBalancerArn: string): readonly Listener[] {
  return [...region.listeners.values()].filter(listener => listener.loadBalancerArn === loadBalancerArn);
}

/** One listener for each port, whatever its protocol: for both TCP and UDP there is TCP_UDP. */
function checkPortIsFree(others: readonly Listener[], port: number): void {
  const taken = others.find(other => other.port === port);
  if (taken)
    throw new ServiceFault(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${taken.loadBalancerArn}'`,
    );
}

/** Makes a listener; the same request again answers with the one that is there ("Elastic Load Balancing API: CreateListener"). */
function createListener(input: Elbv2.CreateListenerInput, { region }: CallContext): Elbv2.CreateListenerOutput {
  const balancer = findByArn(kinds.loadBalancer, region, input.LoadBalancerArn);
  const protocol = listenerProtocol(input.Protocol);
  refuseSecure(input);
  if (input.Port === undefined) throw validationError('A port must be specified');
  checkPort(input.Port);
  const others = listenersOf(region, balancer.arn);
  const group = forwardedGroup(region, balancer, protocol, input.DefaultActions ?? []);
  const present = others.find(
    ({ port, protocol: spoken, targetGroupArn }) =>
      port === input.Port && spoken === protocol && targetGroupArn === group.arn,
  );
  if (present) return { Listeners: [listenerShape(present)] };
  checkPortIsFree(others, input.Port);
  if (others.length >= maximumListeners)
    throw new ServiceFault('TooManyListeners', 'The maximum number of listeners has been reached');
  const listener: Listener = {
    arn: `${balancer.arn.replace(':loadbalancer/', ':listener/')}/${region.chanceFor('listener').hex(16)}`,
    loadBalancerArn: balancer.arn,
    protocol,
    port: input.Port,
    targetGroupArn: group.arn,
    attributes: {},
    tags: withElbv2Tags({}, input.Tags),
  };
  region.listeners.set(listener.arn, listener);
  return { Listeners: [listenerShape(listener)] };
}

function describeListeners(
  input: Elbv2.DescribeListenersInput,
  { region }: CallContext,
): Elbv2.DescribeListenersOutput {
  const { LoadBalancerArn, ListenerArns = [] } = input;
  if ((LoadBalancerArn === undefined) === (ListenerArns.length === 0))
    throw validationError('You must specify either listener ARNs or a load balancer ARN');
  const all =
    LoadBalancerArn === undefined
      ? [...new Set(ListenerArns)].map(arn => findByArn(kinds.listener, region, arn))
      : listenersOf(region, findByArn(kinds.loadBalancer, region, LoadBalancerArn).arn);
  const { items, ending } = elbv2Page(all, input, ({ arn }) => arn);
  return { Listeners: items.map(listenerShape), ...ending };
}

function modifyListener(input: Elbv2.ModifyListenerInput, { region }: CallContext): Elbv2.ModifyListenerOutput {
  const listener = findByArn(kinds.listener, region, input.ListenerArn);
  const balancer = findByArn(kinds.loadBalancer, region, listener.loadBalancerArn);
  const protocol = listenerProtocol(input.Protocol ?? listener.protocol);
  refuseSecure(input);
  const port = input.Port ?? listener.port;
  checkPort(port);
  const actions = input.DefaultActions?.length ? input.DefaultActions : actionsShape(listener);
  const group = forwardedGroup(region, balancer, protocol, actions);
  checkPortIsFree(
    listenersOf(region, balancer.arn).filter(({ arn }) => arn !== listener.arn),
    port,
  );
  const changed: Listener = { ...listener, protocol, port, targetGroupArn: group.arn };
  region.listeners.set(listener.arn, changed);
  return { Listeners: [listenerShape(changed)] };
}

function deleteListener({ ListenerArn }: Elbv2.DeleteListenerInput, { region }: CallContext): object {
  region.listeners.delete(findByArn(kinds.listener, region, ListenerArn).arn);
  return {};
}

/** A network load balancer's listener has its default rule and no other. */
function describeRules(input: Elbv2.DescribeRulesInput, { region }: CallContext): Elbv2.DescribeRulesOutput {
  const { items, ending } = elbv2Page(chosenRules(input, region), input, ({ RuleArn = '' }) => RuleArn);
  return { Rules: [...items], ...ending };
}

function chosenRules(
  { ListenerArn, RuleArns = [] }: Elbv2.DescribeRulesInput,
  region: PlaceState,
): readonly Elbv2.Rule[] {
  if ((ListenerArn === undefined) === (RuleArns.length === 0))
    throw validationError('You must specify either listener rule ARNs or a listener ARN');
  if (ListenerArn !== undefined) return [defaultRule(region, findByArn(kinds.listener, region, ListenerArn))];
  const rules = [...region.listeners.values()].map(listener => defaultRule(region, listener));
  return RuleArns.map(arn => {
    const found = rules.find(({ RuleArn }) => RuleArn === arn);
    if (!found) throw new ServiceFault('RuleNotFound', 'One or more rules not found');
    return found;
  });
}

function defaultRule(region: PlaceState, listener: Listener): Elbv2.Rule {
  const key = region.derivedId('rule', listener.arn).slice(-16);
  return {
    RuleArn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${key}`,
    Priority: 'default',
    Conditions: [],
    Actions: actionsShape(listener),
    IsDefault: true,
  };
}

export const listenerOperations: OperationTable = {
  CreateListener: createListener,
  DescribeListeners: describeListeners,
  ModifyListener: modifyListener,
  DeleteListener: deleteListener,
  DescribeRules: describeRules,
};
