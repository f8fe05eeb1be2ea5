import type { Ec2 } from '../../protocols/wireTypes';
import { imagesOf, type MachineImage } from '../../world/images';
import { imageVolume } from '../../world/volume';
import type { CallContext, OperationTable } from '../operation';
import { list, optional } from './describe';

const owners: readonly string[] = ['amazon', '137112412989'];

function imageShape(image: MachineImage): Ec2.Image {
  return {
    Architecture: image.architecture,
    CreationDate: image.createdAt,
    ImageId: image.id,
    ImageLocation: `amazon/${image.name}`,
    ImageType: 'machine',
    Public: true,
    OwnerId: '137112412989',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    State: 'available',
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: { DeleteOnTermination: true, VolumeSize: imageVolume.sizeGib, VolumeType: 'gp3', Encrypted: false },
      },
    ],
    Description: image.description,
    EnaSupport: true,
    Hypervisor: 'xen',
    ImageOwnerAlias: 'amazon',
    Name: image.name,
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    SriovNetSupport: 'simple',
    VirtualizationType: 'hvm',
    BootMode: 'uefi-preferred',
    ImdsSupport: 'v2.0',
  };
}

function describeImages(input: Ec2.DescribeImagesRequest, { region }: CallContext): Ec2.DescribeImagesResult {
  const isOwned = !input.Owners?.length || input.Owners.some(owner => owners.includes(owner));
  const isPublic = !input.ExecutableUsers?.length || input.ExecutableUsers.includes('all');
  const images = isOwned && isPublic ? imagesOf(region.place) : [];
  const listing = {
    kind: 'image',
    limits: { least: 1, most: 1000 },
    filters: {
      architecture: (image: MachineImage) => image.architecture,
      'block-device-mapping.delete-on-termination': () => 'true',
      'block-device-mapping.device-name': () => '/dev/xvda',
      'block-device-mapping.encrypted': () => 'false',
      'block-device-mapping.volume-size': () => String(imageVolume.sizeGib),
      'block-device-mapping.volume-type': () => 'gp3',
      'boot-mode': () => 'uefi-preferred',
      'creation-date': (image: MachineImage) => image.createdAt,
      'ena-support': () => 'true',
      hypervisor: () => 'xen',
      platform: () => undefined,
      'platform-details': () => 'Linux/UNIX',
      'product-code': () => undefined,
      'root-device-name': () => '/dev/xvda',
      'sriov-net-support': () => 'simple',
      'usage-operation': () => 'RunInstances',
      description: (image: MachineImage) => image.description,
      'image-id': (image: MachineImage) => image.id,
      'image-type': () => 'machine',
      'is-public': () => 'true',
      name: (image: MachineImage) => image.name,
      'owner-alias': () => 'amazon',
      'owner-id': () => owners,
      'root-device-type': () => 'ebs',
      state: () => 'available',
      'virtualization-type': () => 'hvm',
    },
    tagsOf: () => ({}),
  } as const;
  const page = list(listing, new Map(images.map(image => [image.id, image])), input.ImageIds, input);
  return { Images: page.items.map(imageShape), ...optional({ NextToken: page.nextToken }) };
}

export const imageOperations: OperationTable = { DescribeImages: describeImages };
