import { privateHostName, publicHostName } from '../../../core/hostNames';
import type { Instance, InstanceState, NetworkInterface } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { InstanceDetails, MetadataOptions } from '../../world/instanceDetails';
import { findInstanceType } from '../../world/instanceTypes';
import type { PlaceState } from '../../world/placeState';
import type { Volume } from '../../world/volume';
import { tagList } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import { optional } from './describe';
import { association, attachmentShape, groups } from './interfaceShapes';

export const stateCodes = {
  pending: { Code: 0, Name: 'pending' },
  running: { Code: 16, Name: 'running' },
  shuttingDown: { Code: 32, Name: 'shutting-down' },
  terminated: { Code: 48, Name: 'terminated' },
  stopping: { Code: 64, Name: 'stopping' },
  stopped: { Code: 80, Name: 'stopped' },
} as const satisfies Readonly<Record<InstanceState, Ec2.InstanceState>>;

export function detailsOf(region: PlaceState, { id }: Instance): InstanceDetails {
  const found = region.instanceDetails.get(id);
  if (!found) throw new RangeError(`Instance ${id} has no details`);
  return found;
}

export function interfacesOf(region: PlaceState, instance: Instance): readonly NetworkInterface[] {
  return instance.networkInterfaceIds.flatMap(id => {
    const found = region.networkInterfaces.get(id);
    return found ? [found] : [];
  });
}

export function zoneOf(region: PlaceState, { subnetId }: Instance): string {
  return (subnetId && region.subnets.get(subnetId)?.availabilityZone) ?? region.zones[0]?.name ?? '';
}

/** Id of the profile as IAM knows it; an association outlives a deleted profile. */
export function profileShape(arn: string | undefined, idOfArn: (arn: string) => string | undefined) {
  return arn === undefined ? undefined : { Arn: arn, Id: idOfArn(arn) ?? '' };
}

export function publicName(region: PlaceState, instance: Instance): string {
  const attributes = instance.vpcId && region.dnsAttributes.get(instance.vpcId);
  if (instance.publicIpAddress === undefined || !attributes || !attributes.enableDnsHostnames) return '';
  return publicHostName(instance.publicIpAddress, region.place.region);
}

export function privateName(region: PlaceState, { privateIpAddress }: Instance): string {
  return privateIpAddress === undefined ? '' : privateHostName(privateIpAddress, region.place.region);
}

export function instanceShape(
  region: PlaceState,
  instance: Instance,
  profileId: (arn: string) => string | undefined,
): Ec2.Instance {
  const details = detailsOf(region, instance);
  return {
    AmiLaunchIndex: details.launchIndex,
    ImageId: instance.imageId,
    InstanceId: instance.id,
    InstanceType: instance.instanceType as Ec2._InstanceType,
    ...optional({
      KeyName: details.keyName,
      PrivateIpAddress: instance.privateIpAddress,
      PublicIpAddress: instance.publicIpAddress,
      SubnetId: instance.subnetId,
      VpcId: instance.vpcId,
      IamInstanceProfile: profileShape(instance.instanceProfileArn, profileId),
    }),
    LaunchTime: wholeSeconds(instance.launchedAtMs),
    Monitoring: { State: details.hasDetailedMonitoring ? 'enabled' : 'disabled' },
    Placement: { AvailabilityZone: zoneOf(region, instance), GroupName: '', Tenancy: 'default' },
    PrivateDnsName: privateName(region, instance),
    ProductCodes: [],
    PublicDnsName: publicName(region, instance),
    State: stateCodes[instance.state],
    StateTransitionReason: details.stateReason,
    ...machineShape(region, instance, details),
    ClientToken: details.clientToken,
    NetworkInterfaces: interfacesOf(region, instance).map(item => instanceInterface(region, item)),
    SecurityGroups: instance.securityGroupIds.map(id => ({
      GroupId: id,
      GroupName: region.securityGroups.get(id)?.name ?? '',
    })),
    SourceDestCheck: interfacesOf(region, instance)[0]?.sourceDestCheck ?? true,
    Tags: tagList(instance.tags),
    MetadataOptions: metadataShape(details.metadata),
  };
}

export function metadataShape(options: MetadataOptions): Ec2.InstanceMetadataOptionsResponse {
  return {
    State: 'applied',
    HttpTokens: options.requiresTokens ? 'required' : 'optional',
    HttpPutResponseHopLimit: options.hopLimit,
    HttpEndpoint: options.isEnabled ? 'enabled' : 'disabled',
    HttpProtocolIpv6: 'disabled',
    InstanceMetadataTags: options.showsTags ? 'enabled' : 'disabled',
  };
}

export function volumesOf(region: PlaceState, { id }: Instance): readonly Volume[] {
  return [...region.volumes.values()].filter(({ attachment }) => attachment?.instanceId === id);
}

function volumeMapping({ id, attachment }: Volume): Ec2.InstanceBlockDeviceMapping {
  return {
    ...optional({ DeviceName: attachment?.deviceName }),
    Ebs: {
      AttachTime: wholeSeconds(attachment?.attachedAtMs ?? 0),
      DeleteOnTermination: attachment?.deletesOnTermination ?? false,
      Status: 'attached',
      VolumeId: id,
    },
  };
}

/** Two threads on a core, but for Arm and the smallest old types. */
function cpuOptions({ instanceType }: Instance): Ec2.CpuOptions {
  const type = findInstanceType(instanceType);
  return type
    ? { CoreCount: type.cores, ThreadsPerCore: type.vcpus / type.cores }
    : { CoreCount: 1, ThreadsPerCore: 1 };
}

/** What does not change about the machine that the practice cloud pretends to be. */
function machineShape(region: PlaceState, instance: Instance, details: InstanceDetails): Ec2.Instance {
  return {
    Architecture: details.architecture,
    BlockDeviceMappings: volumesOf(region, instance).map(volumeMapping),
    EbsOptimized: details.isEbsOptimized,
    EnaSupport: true,
    Hypervisor: 'xen',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    CpuOptions: cpuOptions(instance),
    HibernationOptions: { Configured: false },
    EnclaveOptions: { Enabled: false },
    BootMode: 'uefi-preferred',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: wholeSeconds(instance.launchedAtMs),
    MaintenanceOptions: { AutoRecovery: 'default', RebootMigration: 'default' },
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
    PrivateDnsNameOptions: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    CurrentInstanceBootMode: 'legacy-bios',
  };
}

/** An instance's interfaces do not say which Elastic IP address they have. */
function plainAssociation(
  region: PlaceState,
  item: NetworkInterface,
): Ec2.InstanceNetworkInterfaceAssociation | undefined {
  const found = association(region, item);
  if (!found) return undefined;
  const { AllocationId, AssociationId, ...plain } = found;
  return plain;
}

/** Nor do they repeat whose instance it is. */
function plainAttachment(
  region: PlaceState,
  item: NetworkInterface,
): Ec2.InstanceNetworkInterfaceAttachment | undefined {
  const found = attachmentShape(region, item);
  if (!found) return undefined;
  const { InstanceId, InstanceOwnerId, ...plain } = found;
  return plain;
}

function instanceInterface(region: PlaceState, item: NetworkInterface): Ec2.InstanceNetworkInterface {
  const Association = plainAssociation(region, item);
  const PrivateDnsName = privateHostName(item.privateIpAddress, region.place.region);
  return {
    ...optional({ Association }),
    ...optional({ Attachment: plainAttachment(region, item) }),
    Description: item.description,
    Groups: groups(region, item),
    Ipv6Addresses: [],
    MacAddress: item.macAddress,
    NetworkInterfaceId: item.id,
    OwnerId: region.place.accountId,
    PrivateDnsName,
    PrivateIpAddress: item.privateIpAddress,
    PrivateIpAddresses: [
      { ...optional({ Association }), Primary: true, PrivateDnsName, PrivateIpAddress: item.privateIpAddress },
    ],
    SourceDestCheck: item.sourceDestCheck ?? true,
    Status: 'in-use',
    SubnetId: item.subnetId,
    VpcId: item.vpcId,
    InterfaceType: 'interface',
  };
}
