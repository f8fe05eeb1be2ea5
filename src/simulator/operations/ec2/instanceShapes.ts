import { privateHostName, publicHostName } from '../../../core/hostNames';
import type { Instance, InstanceState, NetworkInterface } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { InstanceDetails, PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import { optional } from './describe';
import { association, groups } from './networkInterfaces';

export const stateCodes = {
  pending: { Code: 0, Name: 'pending' },
  running: { Code: 16, Name: 'running' },
  shuttingDown: { Code: 32, Name: 'shutting-down' },
  terminated: { Code: 48, Name: 'terminated' },
  stopping: { Code: 64, Name: 'stopping' },
  stopped: { Code: 80, Name: 'stopped' },
} as const satisfies Readonly<Record<InstanceState, Ec2.InstanceState>>;

const volumeSize = 8;

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
    Monitoring: { State: 'disabled' },
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
    SourceDestCheck: true,
    Tags: tagList(instance.tags),
    MetadataOptions: {
      State: 'applied',
      HttpTokens: details.requiresMetadataTokens ? 'required' : 'optional',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'enabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
    },
  };
}

/** What does not change about the machine that the practice cloud pretends to be. */
function machineShape(region: PlaceState, instance: Instance, details: InstanceDetails): Ec2.Instance {
  const volume = {
    DeviceName: '/dev/xvda',
    Ebs: {
      AttachTime: wholeSeconds(instance.launchedAtMs),
      DeleteOnTermination: true,
      Status: 'attached' as const,
      VolumeId: region.derivedId('vol', instance.id),
    },
  };
  return {
    Architecture: details.architecture,
    BlockDeviceMappings: instance.state === 'terminated' ? [] : [volume],
    EbsOptimized: false,
    EnaSupport: true,
    Hypervisor: 'xen',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 1 },
    HibernationOptions: { Configured: false },
    EnclaveOptions: { Enabled: false },
    BootMode: 'uefi-preferred',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: wholeSeconds(instance.launchedAtMs),
    MaintenanceOptions: { AutoRecovery: 'default' },
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

function instanceInterface(region: PlaceState, item: NetworkInterface): Ec2.InstanceNetworkInterface {
  const Association = plainAssociation(region, item);
  const PrivateDnsName = privateHostName(item.privateIpAddress, region.place.region);
  const instance = item.instanceId && region.instances.get(item.instanceId);
  return {
    ...optional({ Association }),
    Attachment: {
      AttachTime: wholeSeconds(instance?.launchedAtMs ?? 0),
      AttachmentId: region.derivedId('eni-attach', item.id),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      Status: 'attached',
      NetworkCardIndex: 0,
    },
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
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: item.subnetId,
    VpcId: item.vpcId,
    InterfaceType: 'interface',
  };
}

/** A root volume as images describe it. */
export const rootVolumeSizeGib = volumeSize;
