import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { Volume } from '../../world/volume';
import { find } from '../common/resourceIds';
import { tagList } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional, text } from './describe';

const listing = (region: PlaceState): Listing<Volume> => ({
  kind: 'volume',
  tagsOf: volume => volume.tags,
  limits: { least: 5, most: 1000 },
  filters: {
    'attachment.attach-time': ({ attachment }) => attachment && isoTime(attachment.attachedAtMs),
    'attachment.delete-on-termination': ({ attachment }) => text(attachment?.deletesOnTermination),
    'attachment.device': ({ attachment }) => attachment?.deviceName,
    'attachment.instance-id': ({ attachment }) => attachment?.instanceId,
    'attachment.status': ({ attachment }) => (attachment ? 'attached' : undefined),
    'availability-zone': volume => volume.availabilityZone,
    'availability-zone-id': volume => region.zones.find(({ name }) => name === volume.availabilityZone)?.id,
    'create-time': volume => isoTime(volume.createdAtMs),
    encrypted: volume => text(volume.isEncrypted),
    'fast-restored': () => 'false',
    'multi-attach-enabled': () => 'false',
    'operator.managed': () => 'false',
    'operator.principal': () => undefined,
    size: volume => text(volume.sizeGib),
    'snapshot-id': volume => snapshotOf(region, volume),
    status: volume => statusOf(volume),
    'volume-id': volume => volume.id,
    'volume-type': volume => volume.kind,
  },
});

function isoTime(timeMs: number): string {
  return wholeSeconds(timeMs).toISOString();
}

function statusOf({ attachment }: Volume): 'available' | 'in-use' {
  return attachment ? 'in-use' : 'available';
}

/** Images are made of snapshots that nobody but AWS sees. */
function snapshotOf(region: PlaceState, { id }: Volume): string {
  return region.derivedId('snap', id);
}

function volumeShape(region: PlaceState, volume: Volume): Ec2.Volume {
  const { attachment } = volume;
  return {
    Iops: volume.iops,
    Tags: tagList(volume.tags),
    VolumeType: volume.kind,
    MultiAttachEnabled: false,
    ...optional({ Throughput: volume.throughput }),
    VolumeId: volume.id,
    Size: volume.sizeGib,
    SnapshotId: snapshotOf(region, volume),
    AvailabilityZone: volume.availabilityZone,
    ...optional({ AvailabilityZoneId: region.zones.find(({ name }) => name === volume.availabilityZone)?.id }),
    State: statusOf(volume),
    CreateTime: wholeSeconds(volume.createdAtMs),
    Attachments: attachment
      ? [
          {
            DeleteOnTermination: attachment.deletesOnTermination,
            VolumeId: volume.id,
            InstanceId: attachment.instanceId,
            Device: attachment.deviceName,
            State: 'attached',
            AttachTime: wholeSeconds(attachment.attachedAtMs),
          },
        ]
      : [],
    Encrypted: volume.isEncrypted,
  };
}

function describeVolumes(input: Ec2.DescribeVolumesRequest, { region }: CallContext): Ec2.DescribeVolumesResult {
  const page = list(listing(region), region.volumes, input.VolumeIds, input);
  return { Volumes: page.items.map(volume => volumeShape(region, volume)), ...optional({ NextToken: page.nextToken }) };
}

function deleteVolume(input: Ec2.DeleteVolumeRequest, { region }: CallContext): object {
  const { id, attachment } = find('volume', region.volumes, input.VolumeId ?? '');
  if (attachment)
    throw new ServiceFault('VolumeInUse', `Volume ${id} is currently attached to ${attachment.instanceId}`);
  region.volumes.delete(id);
  return {};
}

export const volumeOperations: OperationTable = { DeleteVolume: deleteVolume, DescribeVolumes: describeVolumes };
