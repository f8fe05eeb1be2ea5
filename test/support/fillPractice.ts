import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { unregisteredInstance } from './hostCommands';
import { askForPeering, peerVpcs } from './peeredVpcs';
import { ServiceSite } from './serviceSite';
import { waitUntil } from './waitUntil';

/** Fills two practice accounts with one of everything that the views show, in real time. */
export async function fillPractice(provider: Scope, consumer: Scope): Promise<void> {
  const site = await ServiceSite.open(provider, consumer);
  await Promise.all([
    site.ask().then(endpoint => site.accept(endpoint)),
    site.ask(),
    serveInstance(provider, site),
    addEndpoints(consumer),
    unregisteredInstance(consumer),
    peerVpcs(consumer, provider, 'peered'),
    askForPeering(consumer, provider, 'asked for'),
  ]);
}

/** The service's balancer leads to an instance, and the service has a private name that nobody has proved. */
async function serveInstance(provider: Scope, { service }: ServiceSite): Promise<void> {
  const { instances, loadBalancers, endpointServices } = await provider.gateways();
  const [instance] = await instances.listInstances();
  const [loadBalancerArn] = service.loadBalancerArns;
  assert.ok(instance?.vpcId && loadBalancerArn);
  const group = await loadBalancers.createTargetGroup({
    name: 'shop',
    protocol: 'TCP',
    port: 443,
    vpcId: instance.vpcId,
    targetType: 'instance',
    tags: {},
  });
  await loadBalancers.registerTargets(group.arn, [{ id: instance.id }]);
  await loadBalancers.createListener({
    loadBalancerArn,
    protocol: 'TCP',
    port: 443,
    targetGroupArn: group.arn,
    tags: {},
  });
  await endpointServices.modifyService(service.id, { privateDnsName: { name: 'shop.example.com' } });
}

/** An interface endpoint with a group and tags, one for the Internet's S3, one to reach instances. */
async function addEndpoints(account: Scope): Promise<void> {
  const { endpoints, instanceConnectEndpoints, network, region } = await account.gateways();
  const { subnets, routeTables, securityGroups } = await network.readSnapshot([
    'subnets',
    'routeTables',
    'securityGroups',
  ]);
  assert.ok(subnets.known && routeTables.known && securityGroups.known);
  const [subnet] = subnets.value;
  const table = routeTables.value.find(({ vpcId }) => vpcId === subnet?.vpcId);
  const group = securityGroups.value.find(({ vpcId }) => vpcId === subnet?.vpcId);
  assert.ok(subnet && table && group);
  const { vpcId } = subnet;
  const service = (name: string) => `com.amazonaws.${region}.${name}`;
  const made = await endpoints.createInterfaceEndpoint({
    vpcId,
    serviceName: service('ssm'),
    subnetIds: [subnet.id],
    securityGroupIds: [group.id],
    privateDnsEnabled: false,
    tags: { Name: 'tagged', Team: 'Blue' },
    clientToken: 'rich-interface',
  });
  const gateway = {
    vpcId,
    serviceName: service('s3'),
    routeTableIds: [table.id],
    tags: {},
    clientToken: 'rich-gateway',
  };
  await endpoints.createGatewayEndpoint(gateway);
  const waysIn = { subnetId: subnet.id, securityGroupIds: [], preservesClientIp: false, tags: {} };
  await instanceConnectEndpoints.createInstanceConnectEndpoint({ ...waysIn, clientToken: 'rich-connect' });
  const isReady = async () => (await endpoints.findEndpoint(made.id))?.state === 'available';
  await waitUntil(isReady, 'the endpoint to be available');
}
