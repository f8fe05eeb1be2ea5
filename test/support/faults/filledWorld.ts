import { planInstanceConnectEndpoint } from '../../../src/app/operations/planInstanceConnectEndpoint';
import { planPeering } from '../../../src/app/operations/planPeering';
import { readInstanceConnectChoices } from '../../../src/app/operations/readInstanceConnectChoices';
import { readPeeringEnds } from '../../../src/app/peering/readPeeringEnds';
import type { Instance } from '../../../src/core/network';
import { newEnd } from './faultedPeering';
import { connectOther, fromInstance, loadBalancer } from './faultedServices';
import { type FaultGround, theFirst, undisturbed } from './faultGround';

/** More than fits on a small page. */
const several = [0, 1, 2, 3, 4, 5];

/** Fills the account that writes with more of everything that the lists show than fits on a small page. */
export async function fillWorld(ground: FaultGround): Promise<void> {
  const { scope, stores } = ground;
  const service = await (await fromInstance(ground)).run(undisturbed);
  await connectOther(ground, service.serviceName);
  const { endpointServices, endpoints } = await scope.gateways();
  const { vpcId } = theFirst(await readPeeringEnds(scope), 'VPC');
  for (const number of several) {
    await connectOther(ground, service.serviceName);
    const { arn } = await loadBalancer(ground, `balancer-${number}`);
    await endpointServices.createService({
      networkLoadBalancerArns: [arn],
      isAcceptanceRequired: true,
      tags: {},
      clientToken: `service ${number}`,
    });
    await endpoints.createGatewayEndpoint({
      vpcId,
      serviceName: `com.amazonaws.${scope.region}.s3`,
      routeTableIds: [],
      tags: {},
      clientToken: `endpoint ${number}`,
    });
  }
  await askForPeerings(ground);
  await launchSeveral(ground);
  const choices = await readInstanceConnectChoices(scope);
  const subnetId = theFirst(choices.subnets, 'subnet').id;
  const request = { subnetId, securityGroupIds: [], preservesClientIp: false, name: undefined };
  await planInstanceConnectEndpoint(scope, choices, request, { store: stores.instanceConnectEndpoints }).run(
    undisturbed,
  );
}

/** Six pairs of VPCs, of which an account may have five. */
async function askForPeerings({ scope, other }: FaultGround): Promise<void> {
  const own = [await newEnd(scope, '10.80.0.0/16'), await newEnd(scope, '10.81.0.0/16')];
  for (const cidrBlock of ['10.90.0.0/16', '10.91.0.0/16', '10.92.0.0/16']) {
    const end = await newEnd(other, cidrBlock);
    for (const asked of own) await planPeering(other, { own: end, other: asked, name: undefined }).run(undisturbed);
  }
}

async function launchSeveral({ scope }: FaultGround): Promise<readonly Instance[]> {
  const { instances } = await scope.gateways();
  const { subnetId, securityGroupIds } = theFirst(await instances.listInstances(), 'instance');
  if (!subnetId) throw new Error('The instance is in no subnet');
  const launched: Instance[] = [];
  for (const number of several)
    launched.push(
      await instances.launchInstance({
        imageParameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        instanceType: 't3.micro',
        subnetId,
        securityGroupIds,
        instanceProfileName: undefined,
        tags: {},
        clientToken: `instance ${number}`,
      }),
    );
  return launched;
}
