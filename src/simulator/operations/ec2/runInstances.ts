import type { InstanceId } from '../../../core/ids';
import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { findImage, findImageByParameter, type MachineImage } from '../../world/images';
import { beginRunning, makeInstance } from '../../world/instanceLife';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { checkIdForm, notFound } from '../common/resourceIds';
import { tagsByType } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { usableProfile } from './instanceProfiles';
import { reservations } from './instances';
import { launchNetwork } from './launchNetwork';
import { launchOptions, refuseUnsimulated } from './launchOptions';

type Input = Ec2.RunInstancesRequest;

const maximumAtOnce = 20;
const instanceTypeForm = /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;
const resolvePrefix = 'resolve:ssm:';
const taggedTypes = ['instance', 'network-interface', 'volume'];

function runInstances(input: Input, context: CallContext): Ec2.Reservation {
  const { region, account } = context;
  const ids = makeOnce(region, 'RunInstances', input, () => launch(input, context));
  const instances = ids.flatMap(id => region.instances.get(id as InstanceId) ?? []);
  const [reservation] = reservations(region, account, instances);
  if (!reservation) throw notFound('instance', ids[0] ?? '');
  return reservation;
}

function launch(input: Input, context: CallContext): readonly string[] {
  const { world, region } = context;
  refuseUnsimulated(input);
  const wanted = countOf(input);
  const image = imageOf(region, input.ImageId);
  const instanceType = typeOf(input.InstanceType, image);
  const tags = tagsByType(input.TagSpecifications, taggedTypes);
  const network = launchNetwork(region, input, wanted, tags['network-interface'] ?? {});
  const options = launchOptions(region, input, instanceType, tags.volume ?? {});
  const profile = input.IamInstanceProfile && usableProfile(context, input.IamInstanceProfile);
  const count = network.networkInterface.existing ? wanted : Math.min(wanted, network.subnet.availableIpAddressCount);
  if (count < (input.MinCount ?? 1))
    throw new ServiceFault(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${network.subnet.id}' to satisfy the requested number of instances.`,
    );
  const reservationId = region.newId('r');
  const made = Array.from({ length: count }, (_, launchIndex) =>
    makeInstance(world, region, {
      ...network,
      ...options,
      image,
      instanceType,
      instanceProfileArn: profile?.arn,
      tags: tags.instance ?? {},
      reservationId,
      launchIndex,
      clientToken: input.ClientToken ?? '',
    }),
  ).filter((instance): instance is Instance => instance !== undefined);
  for (const { id } of made) beginRunning(world, region, id);
  return made.map(({ id }) => id);
}

function countOf({ MinCount = 1, MaxCount = 1 }: Input): number {
  if (MinCount < 1 || MaxCount < MinCount)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${MinCount}) for parameter minCount is invalid. It must be at least 1 and not more than maxCount.`,
    );
  if (MinCount > maximumAtOnce)
    throw new ServiceFault(
      'VcpuLimitExceeded',
      `You have requested more vCPU capacity than your current vCPU limit of ${maximumAtOnce} allows for the instance bucket that the specified instance type belongs to.`,
    );
  return Math.min(MaxCount, maximumAtOnce);
}

function imageOf(region: PlaceState, imageId: string | undefined): MachineImage {
  if (imageId === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter ImageId');
  if (imageId.startsWith(resolvePrefix)) {
    const name = imageId.slice(resolvePrefix.length);
    const found = findImageByParameter(region.place, name);
    if (!found)
      throw new ServiceFault(
        'InvalidParameterValue',
        `Value (${imageId}) for parameter ImageId is invalid. The parameter ${name} does not exist in Systems Manager.`,
      );
    return found;
  }
  checkIdForm('image', imageId);
  const found = findImage(region.place, imageId);
  if (!found) throw notFound('image', imageId);
  return found;
}

/** Graviton types have a `g` after the generation: they take arm64 images only, the others x86_64 only. */
function typeOf(instanceType: string | undefined, image: MachineImage): string {
  const type = instanceType ?? 'm1.small';
  if (!instanceTypeForm.test(type))
    throw new ServiceFault('InvalidParameterValue', `Invalid value '${type}' for InstanceType.`);
  const architecture = /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(type) ? 'arm64' : 'x86_64';
  if (architecture !== image.architecture)
    throw new ServiceFault(
      'InvalidParameterValue',
      `The architecture '${architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
  return type;
}

export const runInstancesOperations: OperationTable = { RunInstances: runInstances };
