/** What a launch says of the machine: user data, metadata service, protection, root volume. */
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { type LaunchPlan, usualLaunch } from '../../world/instanceLife';
import { findInstanceType } from '../../world/instanceTypes';
import type { PlaceState } from '../../world/placeState';
import { imageVolume, rootDeviceName, type VolumePlan } from '../../world/volume';
import { findKeyPair } from './keyPairs';
import { checkUserData } from './userData';

type Input = Ec2.RunInstancesRequest;

/** What would make another instance than the practice cloud has; a false, zero or empty one asks for nothing. */
const unsimulated: readonly (readonly [string, (input: Input) => unknown])[] = [
  ['CpuOptions', input => input.CpuOptions],
  ['EnclaveOptions', input => input.EnclaveOptions?.Enabled],
  ['HibernationOptions', input => input.HibernationOptions?.Configured],
  ['InstanceMarketOptions', input => input.InstanceMarketOptions],
  ['Ipv6AddressCount', input => input.Ipv6AddressCount],
  ['Ipv6Addresses', input => input.Ipv6Addresses?.[0]],
  ['KernelId', input => input.KernelId],
  ['LaunchTemplate', input => input.LaunchTemplate],
  ['LicenseSpecifications', input => input.LicenseSpecifications?.[0]],
  ['Placement.GroupName', input => input.Placement?.GroupName],
  ['Placement.HostId', input => input.Placement?.HostId],
  ['Placement.Tenancy', input => (input.Placement?.Tenancy ?? 'default') !== 'default'],
  ['PrivateDnsNameOptions', input => input.PrivateDnsNameOptions?.EnableResourceNameDnsARecord],
  ['PrivateDnsNameOptions', input => input.PrivateDnsNameOptions?.HostnameType === 'resource-name'],
  ['RamdiskId', input => input.RamdiskId],
];

export function refuseUnsimulated(input: Input): void {
  const asked = unsimulated.find(([, read]) => read(input));
  if (asked)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not launch instances with ${asked[0]}.`);
}

type LaunchOptions = Pick<
  LaunchPlan,
  | 'cpuCredits'
  | 'hasDetailedMonitoring'
  | 'isEbsOptimized'
  | 'isStopProtected'
  | 'isTerminationProtected'
  | 'keyName'
  | 'metadata'
  | 'terminatesOnShutdown'
  | 'userData'
  | 'volume'
>;

export function launchOptions(
  region: PlaceState,
  input: Input,
  instanceType: string,
  volumeTags: VolumePlan['tags'],
): LaunchOptions {
  return {
    cpuCredits: creditsOf(input, instanceType),
    hasDetailedMonitoring: input.Monitoring?.Enabled ?? false,
    isEbsOptimized: input.EbsOptimized ?? false,
    isStopProtected: input.DisableApiStop ?? false,
    isTerminationProtected: input.DisableApiTermination ?? false,
    keyName: input.KeyName === undefined ? undefined : findKeyPair(region, input.KeyName).name,
    metadata: metadataOf(input.MetadataOptions ?? {}),
    terminatesOnShutdown: input.InstanceInitiatedShutdownBehavior === 'terminate',
    userData: input.UserData ? checkUserData(input.UserData) : undefined,
    volume: { ...volumeOf(input.BlockDeviceMappings ?? []), tags: volumeTags },
  };
}

/** T2 instances are standard unless asked otherwise, later burstable ones unlimited ("Burstable performance instances"). */
function creditsOf({ CreditSpecification }: Input, instanceType: string): LaunchOptions['cpuCredits'] {
  if (!findInstanceType(instanceType)?.isBurstable) return undefined;
  const asked = CreditSpecification?.CpuCredits ?? (instanceType.startsWith('t2.') ? 'standard' : 'unlimited');
  if (asked === 'standard' || asked === 'unlimited') return asked;
  throw new ServiceFault('InvalidParameterValue', `Invalid value '${asked}' for CpuCredits.`);
}

const fewestHops = 1;
const mostHops = 64;

function metadataOf(asked: Ec2.InstanceMetadataOptionsRequest): LaunchOptions['metadata'] {
  const usual = usualLaunch.metadata;
  const hopLimit = asked.HttpPutResponseHopLimit ?? usual.hopLimit;
  checkHopLimit(hopLimit);
  return {
    requiresTokens: asked.HttpTokens === undefined ? usual.requiresTokens : asked.HttpTokens === 'required',
    isEnabled: asked.HttpEndpoint !== 'disabled',
    hopLimit,
    showsTags: asked.InstanceMetadataTags === 'enabled',
  };
}

export function checkHopLimit(hops: number): void {
  if (!Number.isInteger(hops) || hops < fewestHops || hops > mostHops)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${hops}) for parameter httpPutResponseHopLimit is invalid. It must be between ${fewestHops} and ${mostHops}.`,
    );
}

/** The root volume, as the image has it or as the request changes it; the practice cloud has no other volumes. */
function volumeOf(mappings: readonly Ec2.BlockDeviceMapping[]): VolumePlan {
  const [root, ...others] = mappings;
  if (!root) return imageVolume;
  const { DeviceName, Ebs } = root;
  if (others.length > 0 || DeviceName !== rootDeviceName || !Ebs)
    throw new ServiceFault(
      'UnsupportedOperation',
      `The practice cloud launches instances with one volume, at ${rootDeviceName}.`,
    );
  const sizeGib = Ebs.VolumeSize ?? imageVolume.sizeGib;
  const kind = Ebs.VolumeType ?? imageVolume.kind;
  if (sizeGib < imageVolume.sizeGib)
    throw new ServiceFault(
      'InvalidBlockDeviceMapping',
      `Volume of size ${sizeGib}GB is smaller than snapshot of the image, expect size >= ${imageVolume.sizeGib}GB`,
    );
  if (kind !== 'gp2' && kind !== 'gp3')
    throw new ServiceFault('UnsupportedOperation', `The practice cloud has volumes of type gp2 and gp3, not ${kind}.`);
  return {
    ...imageVolume,
    sizeGib,
    kind,
    iops: Ebs.Iops ?? (kind === 'gp2' ? Math.max(100, 3 * sizeGib) : imageVolume.iops),
    throughput: kind === 'gp2' ? undefined : (Ebs.Throughput ?? imageVolume.throughput),
    isEncrypted: Ebs.Encrypted ?? false,
    deletesOnTermination: Ebs.DeleteOnTermination ?? true,
  };
}
