import { privateHostName } from '../../../core/hostNames';
import type { Instance, NetworkInterface } from '../../../core/network';
import type { Account } from '../../world/account';
import type { PlaceState } from '../../world/placeState';
import type { Volume } from '../../world/volume';
import type { FilterTable } from '../common/filters';
import { wholeSeconds } from '../common/wholeSeconds';
import { text } from './describe';
import {
  detailsOf,
  interfacesOf,
  metadataShape,
  privateName,
  publicName,
  stateCodes,
  volumesOf,
  zoneOf,
} from './instanceShapes';

/** "DescribeInstances": filters; those of what no simulated instance has find none. */
export const instanceFilters = (region: PlaceState, account: Account): FilterTable<Instance> => ({
  'instance-id': instance => instance.id,
  'instance-state-name': instance => stateCodes[instance.state].Name,
  'instance-state-code': instance => text(stateCodes[instance.state].Code),
  'instance-type': instance => instance.instanceType,
  'image-id': instance => instance.imageId,
  'vpc-id': instance => instance.vpcId,
  'subnet-id': instance => instance.subnetId,
  'availability-zone': instance => zoneOf(region, instance),
  architecture: instance => detailsOf(region, instance).architecture,
  'client-token': instance => detailsOf(region, instance).clientToken,
  'dns-name': instance => publicName(region, instance),
  'private-dns-name': instance => privateName(region, instance),
  'ip-address': instance => instance.publicIpAddress,
  'private-ip-address': instance => instance.privateIpAddress,
  'iam-instance-profile.arn': instance => instance.instanceProfileArn,
  'iam-instance-profile.id': instance => profileIds(account)(instance.instanceProfileArn ?? ''),
  'iam-instance-profile.name': instance => instance.instanceProfileArn?.split('/').at(-1),
  'group-id': instance => instance.securityGroupIds,
  'group-name': instance => groupNames(region, instance),
  'instance.group-id': instance => instance.securityGroupIds,
  'instance.group-name': instance => groupNames(region, instance),
  'key-name': instance => detailsOf(region, instance).keyName,
  'launch-index': instance => text(detailsOf(region, instance).launchIndex),
  'launch-time': instance => wholeSeconds(instance.launchedAtMs).toISOString(),
  ...interfaceFilters(region),
  ...volumeFilters(region),
  ...sameForAll,
  ...none,
  'metadata-options.http-tokens': instance => metadataShape(detailsOf(region, instance).metadata).HttpTokens,
  'metadata-options.http-endpoint': instance => metadataShape(detailsOf(region, instance).metadata).HttpEndpoint,
  'metadata-options.http-put-response-hop-limit': instance => text(detailsOf(region, instance).metadata.hopLimit),
  'metadata-options.instance-metadata-tags': instance =>
    metadataShape(detailsOf(region, instance).metadata).InstanceMetadataTags,
  'monitoring-state': instance => (detailsOf(region, instance).hasDetailedMonitoring ? 'enabled' : 'disabled'),
  'source-dest-check': instance => text(interfacesOf(region, instance)[0]?.sourceDestCheck ?? true),
  reason: instance => detailsOf(region, instance).stateReason,
  'owner-id': () => region.place.accountId,
  'reservation-id': instance => detailsOf(region, instance).reservationId,
});

function groupNames(region: PlaceState, { securityGroupIds }: Instance): readonly string[] {
  return namesOfGroups(region, securityGroupIds);
}

function namesOfGroups(region: PlaceState, ids: Instance['securityGroupIds']): readonly string[] {
  return ids.flatMap(id => region.securityGroups.get(id)?.name ?? []);
}

function interfaceFilters(region: PlaceState): FilterTable<Instance> {
  const each =
    (pick: (item: NetworkInterface) => string | readonly string[] | undefined) =>
    (instance: Instance): readonly string[] =>
      interfacesOf(region, instance).flatMap(item => pick(item) ?? []);
  const filters = {
    'addresses.association.public-ip': each(item => item.publicIpAddress),
    'addresses.primary': each(() => 'true'),
    'addresses.private-ip-address': each(item => item.privateIpAddress),
    'association.public-ip': each(item => item.publicIpAddress),
    'attachment.device-index': each(item => text(region.interfaceAttachments.get(item.id)?.deviceIndex)),
    'attachment.status': each(() => 'attached'),
    'availability-zone': each(({ subnetId }) => region.subnets.get(subnetId)?.availabilityZone),
    description: each(item => item.description),
    'group-id': each(item => item.securityGroupIds),
    'group-name': each(({ securityGroupIds }) => namesOfGroups(region, securityGroupIds)),
    'mac-address': each(item => item.macAddress),
    'network-interface-id': each(item => item.id),
    'owner-id': each(() => region.place.accountId),
    'private-dns-name': each(item => privateHostName(item.privateIpAddress, region.place.region)),
    'private-ip-address': each(item => item.privateIpAddress),
    'requester-managed': each(() => 'false'),
    'source-dest-check': each(item => text(item.sourceDestCheck ?? true)),
    status: each(() => 'in-use'),
    'subnet-id': each(item => item.subnetId),
    'vpc-id': each(item => item.vpcId),
  };
  return Object.fromEntries(Object.entries(filters).map(([name, read]) => [`network-interface.${name}`, read]));
}

function volumeFilters(region: PlaceState): FilterTable<Instance> {
  const each =
    (pick: (volume: Volume) => string | undefined) =>
    (instance: Instance): readonly string[] =>
      volumesOf(region, instance).flatMap(volume => pick(volume) ?? []);
  return {
    'block-device-mapping.attach-time': each(({ attachment }) =>
      wholeSeconds(attachment?.attachedAtMs ?? 0).toISOString(),
    ),
    'block-device-mapping.delete-on-termination': each(({ attachment }) => text(attachment?.deletesOnTermination)),
    'block-device-mapping.device-name': each(({ attachment }) => attachment?.deviceName),
    'block-device-mapping.status': each(() => 'attached'),
    'block-device-mapping.volume-id': each(volume => volume.id),
  };
}

const sameForAll: FilterTable<Instance> = {
  'boot-mode': () => 'uefi-preferred',
  'current-instance-boot-mode': () => 'legacy-bios',
  'hibernation-options.configured': () => 'false',
  hypervisor: () => 'xen',
  'platform-details': () => 'Linux/UNIX',
  'root-device-name': () => '/dev/xvda',
  'root-device-type': () => 'ebs',
  tenancy: () => 'default',
  'usage-operation': () => 'RunInstances',
  'virtualization-type': () => 'hvm',
};

const none: FilterTable<Instance> = Object.fromEntries(
  [
    'capacity-reservation-id',
    'host-id',
    'instance-lifecycle',
    'ipv6-address',
    'kernel-id',
    'outpost-arn',
    'placement-group-name',
    'platform',
    'product-code',
    'ramdisk-id',
    'requester-id',
    'spot-instance-request-id',
    'state-reason-code',
  ].map(name => [name, () => undefined]),
);

export const profileIds =
  (account: Account) =>
  (arn: string): string | undefined =>
    [...account.instanceProfiles.values()].find(profile => profile.arn === arn)?.id;
