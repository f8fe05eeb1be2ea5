import type { Scope } from '../../src/app/appModel';
import { runChange } from '../../src/app/changes/runChange';
import { planLaunch } from '../../src/app/operations/launchInstance';
import { peeringRoutes } from '../../src/app/operations/peeringRoutes';
import { planEndpoint } from '../../src/app/operations/planEndpoint';
import { planGatewayEndpoint } from '../../src/app/operations/planGatewayEndpoint';
import { planInstanceConnectEndpoint } from '../../src/app/operations/planInstanceConnectEndpoint';
import { planInterfaceEndpoint } from '../../src/app/operations/planInterfaceEndpoint';
import { planPeering } from '../../src/app/operations/planPeering';
import { planPeeringRoutes } from '../../src/app/operations/planPeeringRoutes';
import { readEndpointChoices } from '../../src/app/operations/readEndpointChoices';
import { readGatewayChoices } from '../../src/app/operations/readGatewayChoices';
import { readInstanceConnectChoices } from '../../src/app/operations/readInstanceConnectChoices';
import { planLaunchRequest, readLaunchChoices } from '../../src/app/operations/readLaunchChoices';
import { type PeeringEndChoice, readPeeringEnds } from '../../src/app/peering/readPeeringEnds';
import { wallClock } from '../../src/compose';
import { valueOr } from '../../src/core/reading';
import { PracticeNeighbour } from '../support/practiceNeighbour';
import { ServiceSite } from '../support/serviceSite';
import { waitUntil } from '../support/waitUntil';
import type { WorkbenchDriver } from '../support/workbenchDriver';

interface Accounts {
  readonly provider: Scope;
  readonly consumer: Scope;
}

/** Puts something of everything into the practice cloud of a workbench, as another window would. */
export async function fillCloud(workbench: WorkbenchDriver): Promise<void> {
  const neighbour = await PracticeNeighbour.join(workbench.practiceFolder);
  try {
    const accounts = neighbour.scopes();
    await Promise.all([
      makeEndpoints(accounts),
      offerService(accounts),
      peerNetworks(accounts),
      launchInstances(accounts.provider),
    ]);
  } finally {
    await neighbour.leave();
  }
}

/** One of each kind that people make by hand. */
async function makeEndpoints({ provider, consumer }: Accounts): Promise<void> {
  const choices = await readEndpointChoices(provider);
  await carryOut(provider, planInterfaceEndpoint(provider, choices, planEndpoint(choices)));
  const gateway = await readGatewayChoices(consumer);
  const [vpc] = gateway.vpcs;
  const service = gateway.services.find(({ serviceName }) => serviceName.endsWith('.s3'));
  if (!vpc || !service) throw new Error('The consumer has no VPC, or S3 offers no gateway');
  const tables = valueOr(gateway.snapshot.routeTables, []).filter(({ vpcId }) => vpcId === vpc.id);
  const request = { vpcId: vpc.id, serviceName: service.serviceName, routeTableIds: tables.map(({ id }) => id) };
  await carryOut(consumer, planGatewayEndpoint(consumer, gateway, { ...request, name: 'photos-gateway' }));
  const connect = await readInstanceConnectChoices(consumer);
  const [subnet] = connect.subnets;
  if (!subnet) throw new Error('The consumer has no subnet');
  const wanted = { subnetId: subnet.id, securityGroupIds: [], preservesClientIp: false, name: 'way-in' };
  await carryOut(consumer, planInstanceConnectEndpoint(consumer, connect, wanted));
}

/** A service whose one target is not well: one connection stands, one was rejected, two wait. */
async function offerService({ provider, consumer }: Accounts): Promise<void> {
  const site = await ServiceSite.open(provider, consumer);
  const { loadBalancers, instances, endpointServices } = await provider.gateways();
  const [instance] = await instances.listInstances();
  const [loadBalancerArn] = site.service.loadBalancerArns;
  if (!instance?.vpcId || !loadBalancerArn) throw new Error('The provider has no instance, or the service no balancer');
  const listening = { protocol: 'TCP', port: 80, tags: {} } as const;
  const group = { ...listening, name: 'shop-web', vpcId: instance.vpcId, targetType: 'instance' } as const;
  const { arn: targetGroupArn } = await loadBalancers.createTargetGroup(group);
  await loadBalancers.registerTargets(targetGroupArn, [{ id: instance.id }]);
  await loadBalancers.createListener({ ...listening, loadBalancerArn, targetGroupArn });
  await site.accept(await site.ask());
  const unwanted = await site.ask();
  await site.waitForState(unwanted, 'pendingAcceptance');
  await endpointServices.rejectConnections(site.service.id, [unwanted.id]);
  for (const waiting of [await site.ask(), await site.ask()]) await site.waitForState(waiting, 'pendingAcceptance');
}

/** A peering that only one side knows the way through, and one that waits for the provider. */
async function peerNetworks({ provider, consumer }: Accounts): Promise<void> {
  const [own, other] = [await makeNetwork(provider, 'shop', '10.20'), await makeNetwork(consumer, 'office', '10.30')];
  const half = planPeering(provider, { own, other, name: 'shop-office', accepter: consumer });
  const { id } = await carryOut(provider, half);
  const { peering, network } = await provider.gateways();
  const connection = await peering.findPeeringConnection(id);
  if (!connection) throw new Error('The peering is gone');
  const snapshot = await network.readSnapshot(['routeTables', 'subnets']);
  const routes = peeringRoutes(connection, [{ scope: provider, name: 'requester', snapshot }]);
  await carryOut(provider, planPeeringRoutes(connection, routes));
  const asking = await makeNetwork(consumer, 'branch', '10.40');
  await carryOut(consumer, planPeering(consumer, { own: asking, other: own, name: 'branch-shop' }));
}

/** A VPC with one subnet. `range` is the first half of its addresses, such as `10.20`. */
async function makeNetwork(scope: Scope, name: string, range: string): Promise<PeeringEndChoice> {
  const { vpcs } = await scope.gateways();
  const { id: vpcId } = await vpcs.createVpc({ cidrBlock: `${range}.0.0/16`, tags: { Name: name } });
  const tags = { Name: `${name}-a` };
  await vpcs.createSubnet({ vpcId, cidrBlock: `${range}.1.0/24`, availabilityZone: undefined, tags });
  const end = (await readPeeringEnds(scope)).find(each => each.vpcId === vpcId);
  if (!end) throw new Error('The VPC is gone');
  return end;
}

/** One without a role, and one that is stopped. */
async function launchInstances(scope: Scope): Promise<void> {
  const { instances } = await scope.gateways();
  for (const name of ['web', 'batch']) {
    const choices = await readLaunchChoices(scope);
    const answers = { name, profile: undefined, waitsUntilOnline: false };
    const change = planLaunch(scope, choices, planLaunchRequest(choices, answers), { clock: wallClock });
    const { id } = await carryOut(scope, change);
    if (name !== 'batch') continue;
    const isRunning = async () => (await instances.findInstance(id))?.state === 'running';
    await waitUntil(isRunning, 'the instance to run', 60_000);
    await instances.stopInstance(id);
  }
}

/** What a change made; rejects with what stopped it. */
async function carryOut<Result>(scope: Scope, change: Parameters<typeof runChange<Result>>[1]): Promise<Result> {
  const outcome = await runChange(scope, change);
  if (outcome.kind === 'stopped') throw outcome.error;
  return outcome.result;
}
