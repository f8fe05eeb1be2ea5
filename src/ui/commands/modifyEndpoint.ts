import type * as vscode from 'vscode';
import type { EndpointDetails, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import type { PlannedChange } from '../../app/changes/plannedChange';
import { EndpointJoiner } from '../../app/endpointJoiner';
import { planGroupChange } from '../../app/operations/changeEndpointGroups';
import { planPolicyChange } from '../../app/operations/changeEndpointPolicy';
import { planRouteTableChange } from '../../app/operations/changeEndpointRouteTables';
import { planSubnetChange, subnetChangeProblem } from '../../app/operations/changeEndpointSubnets';
import { planPrivateDnsChange, readPrivateDnsObstacle } from '../../app/operations/changePrivateDns';
import { rivalOn, routeTableChoices } from '../../app/operations/chooseRouteTables';
import { LabError } from '../../core/errors';
import { gapError } from '../../core/gaps';
import type { RouteTableId, SecurityGroupId, SubnetId } from '../../core/ids';
import { nameOrId, type VpcEndpoint } from '../../core/network';
import type { SnapshotPart } from '../../core/ports/networkGateway';
import { subnetProblemWords } from '../../words/endpointPlans';
import { ruleWords } from '../../words/securityGroupRules';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { pickEndpoint } from '../pickers/pickEndpoint';
import type { EndpointTarget } from '../views/targets';
import { pickMany, type Step } from '../wizard';
import { routeTableItem } from './routeTableItem';
import { whileReading } from './whileReading';

type Store = ResourceStore<EndpointDetails>;
type Command = (target: EndpointTarget | undefined) => Promise<boolean>;

const hasInterfaces = ({ endpoint }: EndpointDetails) => endpoint.kind !== 'gateway';

/** Adds and removes interfaces by their subnets. Each of these resolves with whether something was changed. */
export function modifySubnetsCommand(scopes: ScopeStore, store: Store): Command {
  return onEndpoint(scopes, store, hasInterfaces, async ({ scope, endpoint }) => {
    const { snapshot, service } = await whileReading(scope, async signal => {
      const gateways = await scope.gateways();
      const offers = await gateways.endpoints.findService(endpoint.serviceName, undefined, { signal });
      const read = await gateways.network.readSnapshot(['subnets', 'networkInterfaces'], { signal });
      return { snapshot: read, service: offers.find(({ kind }) => kind === endpoint.kind) };
    });
    if (!snapshot.subnets.known) throw gapError(snapshot.subnets.gap);
    const subnets = snapshot.subnets.value
      .filter(({ vpcId }) => vpcId === endpoint.vpcId)
      .sort((one, other) => one.availabilityZone.localeCompare(other.availabilityZone, 'en'));
    const details = new EndpointJoiner(snapshot).endpoint(endpoint);
    let chosen: readonly SubnetId[] = endpoint.subnetIds;
    const plan = () => planSubnetChange(scope, details, subnets, chosen, store);
    const step = chooseStep<SubnetId>({
      placeholder: t('Which subnets? One for each zone; each gets an interface with a private address.'),
      items: subnets.map(subnet => ({
        label: nameOrId(subnet),
        description: [subnet.availabilityZone, subnet.cidrBlock].join(' · '),
        value: subnet.id,
      })),
      current: () => chosen,
      accept: ids => {
        chosen = ids;
      },
      problemOf: ids => {
        const problem = subnetChangeProblem({ subnets, service }, details, ids);
        return problem && subnetProblemWords(problem);
      },
      before: endpoint.subnetIds,
    });
    return review(scope, t('Change subnets of {0}', nameOrId(endpoint)), [step], plan);
  });
}

/** Gives route tables a route to a gateway endpoint, or takes it. */
export function modifyRouteTablesCommand(scopes: ScopeStore, store: Store): Command {
  return onEndpoint(
    scopes,
    store,
    details => !hasInterfaces(details),
    async ({ scope, endpoint }) => {
      const snapshot = await read(scope, ['routeTables', 'subnets', 'endpoints']);
      if (!snapshot.routeTables.known) throw gapError(snapshot.routeTables.gap);
      const tables = routeTableChoices(snapshot, endpoint.vpcId);
      const rivals = new Map(
        tables.map(({ table }) => [table.id, rivalOn(snapshot, table, endpoint.serviceName, endpoint.id)]),
      );
      let chosen: readonly RouteTableId[] = endpoint.routeTableIds;
      const step = chooseStep<RouteTableId>({
        placeholder: t('Which route tables? The subnets that use them go through the endpoint.'),
        items: tables.map(choice => routeTableItem(choice, rivals.get(choice.table.id))),
        current: () => chosen,
        accept: ids => {
          chosen = ids;
        },
        problemOf: ids => {
          const rival = ids.map(id => rivals.get(id)).find(Boolean);
          return rival && t('{0} has a route there already.', nameOrId(rival));
        },
        before: endpoint.routeTableIds,
      });
      const plan = () => planRouteTableChange(scope, endpoint, snapshot, chosen, store);
      return review(scope, t('Change route tables of {0}', nameOrId(endpoint)), [step], plan);
    },
  );
}

/** Exchanges the security groups. */
export function modifyGroupsCommand(scopes: ScopeStore, store: Store): Command {
  return onEndpoint(scopes, store, hasInterfaces, async ({ scope, endpoint }) => {
    const snapshot = await read(scope, ['securityGroups']);
    if (!snapshot.securityGroups.known) throw gapError(snapshot.securityGroups.gap);
    const groups = snapshot.securityGroups.value.filter(({ vpcId }) => vpcId === endpoint.vpcId);
    const details = new EndpointJoiner(snapshot).endpoint(endpoint);
    let chosen: readonly SecurityGroupId[] = endpoint.securityGroupIds;
    const step = chooseStep<SecurityGroupId>({
      placeholder: t('Which security groups? What any of them admits is admitted.'),
      items: groups.map(group => ({
        label: group.name,
        description: group.id,
        detail: group.rules
          .filter(({ direction }) => direction === 'ingress')
          .map(ruleWords)
          .join('; '),
        value: group.id,
      })),
      current: () => chosen,
      accept: ids => {
        chosen = ids;
      },
      problemOf: ids => (ids.length === 0 ? t('Choose at least one group.') : undefined),
      before: endpoint.securityGroupIds,
    });
    const plan = () => planGroupChange(scope, details, groups, chosen, store);
    return review(scope, t('Change security groups of {0}', nameOrId(endpoint)), [step], plan);
  });
}

/** Switches private DNS to the other state; what is in the way is mended on the way, or said. */
export function modifyPrivateDnsCommand(scopes: ScopeStore, store: Store): Command {
  return onEndpoint(
    scopes,
    store,
    ({ endpoint }) => endpoint.kind === 'interface',
    async ({ scope, endpoint }) => {
      const isOn = !endpoint.privateDnsEnabled;
      const obstacle = isOn
        ? await whileReading(scope, signal => readPrivateDnsObstacle(scope, endpoint, { signal }))
        : undefined;
      const plan = () => planPrivateDnsChange(scope, endpoint, isOn, obstacle, store);
      return review(scope, t('Private DNS of {0}', nameOrId(endpoint)), [], plan);
    },
  );
}

/** Sets the policy back to full access. */
export function resetPolicyCommand(scopes: ScopeStore, store: Store): Command {
  return onEndpoint(
    scopes,
    store,
    () => true,
    ({ scope, endpoint }) =>
      review(scope, t('Policy of {0}', nameOrId(endpoint)), [], () =>
        planPolicyChange(scope, endpoint, 'fullAccess', store),
      ),
  );
}

/** The endpoint that was clicked, or one that is asked for; always as AWS has it now. */
export function onEndpoint(
  scopes: ScopeStore,
  store: Store,
  fits: (details: EndpointDetails) => boolean,
  work: (target: EndpointTarget) => Promise<boolean>,
): Command {
  return async target => {
    const chosen = target ?? (await pickEndpoint(scopes, store, t('Which endpoint?'), fits));
    if (!chosen) return false;
    return work({ scope: chosen.scope, endpoint: await freshEndpoint(chosen) });
  };
}

async function freshEndpoint({ scope, endpoint }: EndpointTarget): Promise<VpcEndpoint> {
  const { endpoints } = await scope.gateways();
  const found = await endpoints.findEndpoint(endpoint.id);
  if (!found) throw new LabError('endpointNotFound', { endpointId: endpoint.id });
  return found;
}

function read(scope: Scope, parts: readonly SnapshotPart[]) {
  return whileReading(scope, async signal => (await scope.gateways()).network.readSnapshot(parts, { signal }));
}

async function review(
  scope: Scope,
  title: string,
  steps: readonly Step[],
  plan: () => PlannedChange<void> | undefined,
): Promise<boolean> {
  const needed = () => {
    const change = plan();
    if (!change) throw new LabError('internal', { detail: 'nothing was chosen' });
    return change;
  };
  return (await reviewChange(scope, title, steps, needed)) !== undefined;
}

interface ChooseQuestion<T> {
  readonly placeholder: string;
  readonly items: readonly (vscode.QuickPickItem & { readonly value: T })[];
  current(): readonly T[];
  accept(values: readonly T[]): void;
  problemOf(values: readonly T[]): string | undefined;
  /** What it is now: choosing the same again changes nothing, and Enter waits. */
  readonly before: readonly T[];
}

function chooseStep<T>({ placeholder, items, current, accept, problemOf, before }: ChooseQuestion<T>): Step {
  return frame =>
    pickMany(
      frame,
      {
        placeholder,
        items,
        selected: current(),
        problemOf: values => {
          const isSame = values.length === before.length && values.every(value => before.includes(value));
          return problemOf(values) ?? (isSame ? t('as it is now') : undefined);
        },
      },
      accept,
    );
}
