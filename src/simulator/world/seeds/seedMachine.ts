import type { SecurityGroup, Subnet } from '../../../core/network';
import { Chance } from '../../chance';
import { findImageByParameter } from '../images';
import { makeInstance, runNow, usualLaunch } from '../instanceLife';
import type { PlaceState } from '../placeState';
import { register } from '../sessionRegistration';
import type { World } from '../world';

const imageParameter = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

export interface MachinePlan {
  readonly name: string;
  readonly subnet: Subnet;
  readonly groups: readonly SecurityGroup[];
  readonly instanceProfileArn: string;
  readonly wantsPublicAddress: boolean;
}

/** An instance that runs, and is online in Session Manager when it can reach it, from the first moment. */
export function seedMachine(world: World, region: PlaceState, plan: MachinePlan): void {
  const image = findImageByParameter(region.place, imageParameter);
  if (!image) throw new Error(`There is no image ${imageParameter}`);
  const instance = makeInstance(world, region, {
    ...usualLaunch,
    subnet: plan.subnet,
    image,
    instanceType: 't2.micro',
    securityGroupIds: plan.groups.map(({ id }) => id),
    instanceProfileArn: plan.instanceProfileArn,
    wantsPublicAddress: plan.wantsPublicAddress,
    tags: { Name: plan.name },
    reservationId: region.newId('r'),
    launchIndex: 0,
    clientToken: new Chance(`seed/${plan.name}`).uuid(),
  });
  if (!instance) throw new Error(`The subnet of ${plan.name} is full`);
  runNow(world, region, instance.id, 0);
  const running = region.instances.get(instance.id);
  if (running) register(world, region, running);
}
