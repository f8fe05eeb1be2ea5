import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { InstanceDetails } from '../../world/instanceDetails';
import { updateDetails } from '../../world/instanceLife';
import { findInstanceType } from '../../world/instanceTypes';
import { updateInterface } from '../../world/interfaceLife';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { detailsOf, interfacesOf, metadataShape, stateCodes, volumesOf } from './instanceShapes';
import { changeGroups } from './interfaceAttributes';
import { checkHopLimit } from './launchOptions';
import { oneAttribute } from './oneAttribute';
import { checkUserData } from './userData';

type Input = Ec2.ModifyInstanceAttributeRequest;

/** What a call may change; one of them at a time. */
const changeable = [
  'BlockDeviceMappings',
  'DisableApiStop',
  'DisableApiTermination',
  'EbsOptimized',
  'EnaSupport',
  'Groups',
  'InstanceInitiatedShutdownBehavior',
  'InstanceType',
  'SourceDestCheck',
  'UserData',
] as const satisfies readonly (keyof Input)[];

type Changeable = (typeof changeable)[number];

/** The older form names an attribute and gives its value as text. */
function inNewForm({ Attribute, Value, ...input }: Input): Input {
  if (Attribute === undefined) return input;
  const name = `${Attribute.charAt(0).toUpperCase()}${Attribute.slice(1)}`;
  const found = changeable.find(candidate => candidate === name);
  if (!found || found === 'BlockDeviceMappings' || found === 'Groups')
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not change ${Attribute} of an instance.`);
  const isText = found === 'InstanceType' || found === 'InstanceInitiatedShutdownBehavior';
  if (found === 'UserData') return { ...input, UserData: { Value: new TextEncoder().encode(atob(Value ?? '')) } };
  return { ...input, [found]: { Value: isText ? Value : Value === 'true' } };
}

function modify(request: Input, { region }: CallContext): object {
  const input = inNewForm(request);
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  const other = (['Kernel', 'Ramdisk', 'SriovNetSupport'] as const).find(name => input[name] !== undefined);
  if (other !== undefined)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not change ${other} of an instance.`);
  const name = oneAttribute(input, changeable);
  if (instance.state === 'terminated' || instance.state === 'shuttingDown')
    throw new ServiceFault(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in a state in which its attributes can be modified.`,
    );
  changes[name](input, instance, region);
  return {};
}

type Change = (input: Input, instance: Instance, region: PlaceState) => void;

const detail =
  (read: (input: Input) => Partial<InstanceDetails>): Change =>
  (input, { id }, region) =>
    updateDetails(region, id, read(input));

const changes: Readonly<Record<Changeable, Change>> = {
  BlockDeviceMappings: ({ BlockDeviceMappings = [] }, instance, region) =>
    changeVolumes(region, instance, BlockDeviceMappings),
  DisableApiStop: detail(({ DisableApiStop }) => ({ isStopProtected: DisableApiStop?.Value ?? false })),
  DisableApiTermination: detail(({ DisableApiTermination }) => ({
    isTerminationProtected: DisableApiTermination?.Value ?? false,
  })),
  EbsOptimized: (input, instance, region) => {
    checkStopped(instance);
    updateDetails(region, instance.id, { isEbsOptimized: input.EbsOptimized?.Value ?? false });
  },
  EnaSupport: ({ EnaSupport }) => {
    if (EnaSupport?.Value === false)
      throw new ServiceFault(
        'UnsupportedOperation',
        'The practice cloud has no instances without enhanced networking.',
      );
  },
  Groups: ({ Groups = [] }, instance, region) => {
    const [first] = interfacesOf(region, instance);
    if (first) changeGroups(region, first, Groups);
  },
  InstanceInitiatedShutdownBehavior: detail(({ InstanceInitiatedShutdownBehavior: behavior }) => ({
    terminatesOnShutdown: behavior?.Value === 'terminate',
  })),
  InstanceType: (input, instance, region) => changeType(region, instance, input.InstanceType?.Value ?? ''),
  SourceDestCheck: ({ SourceDestCheck }, { networkInterfaceIds: [first] }, region) => {
    if (first) updateInterface(region, first, { sourceDestCheck: SourceDestCheck?.Value ?? true });
  },
  UserData: ({ UserData }, instance, region) => {
    checkStopped(instance);
    const text = btoa(String.fromCharCode(...(UserData?.Value ?? [])));
    updateDetails(region, instance.id, { userData: text === '' ? undefined : checkUserData(text) });
  },
};

function checkStopped({ id, state }: Instance): void {
  if (state !== 'stopped')
    throw new ServiceFault(
      'IncorrectInstanceState',
      `The instance '${id}' is in the '${stateCodes[state].Name}' state. It must be in the 'stopped' state for this attribute to be modified.`,
    );
}

function changeType(region: PlaceState, instance: Instance, name: string): void {
  checkStopped(instance);
  const { architecture } = detailsOf(region, instance);
  const type = findInstanceType(name);
  if (!type) throw new ServiceFault('InvalidParameterValue', `Invalid value '${name}' for InstanceType.`);
  if (type.architecture !== architecture)
    throw new ServiceFault(
      'InvalidParameterValue',
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${architecture}' of the instance.`,
    );
  region.instances.set(instance.id, { ...instance, instanceType: name });
}

/** Of a volume only whether it goes with its instance. */
function changeVolumes(
  region: PlaceState,
  instance: Instance,
  mappings: readonly Ec2.InstanceBlockDeviceMappingSpecification[],
): void {
  for (const { DeviceName, Ebs } of mappings) {
    const volume = volumesOf(region, instance).find(({ attachment }) => attachment?.deviceName === DeviceName);
    if (!volume?.attachment)
      throw new ServiceFault('InvalidInstanceAttributeValue', `No device is currently mapped at ${DeviceName}`);
    const deletesOnTermination = Ebs?.DeleteOnTermination ?? volume.attachment.deletesOnTermination;
    region.volumes.set(volume.id, { ...volume, attachment: { ...volume.attachment, deletesOnTermination } });
  }
}

function modifyMetadataOptions(
  input: Ec2.ModifyInstanceMetadataOptionsRequest,
  { region }: CallContext,
): Ec2.ModifyInstanceMetadataOptionsResult {
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  const before = detailsOf(region, instance).metadata;
  const { HttpEndpoint, HttpProtocolIpv6, HttpPutResponseHopLimit, HttpTokens, InstanceMetadataTags } = input;
  if (HttpProtocolIpv6 === 'enabled')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no metadata service over IPv6.');
  if (HttpPutResponseHopLimit !== undefined) checkHopLimit(HttpPutResponseHopLimit);
  const metadata = {
    requiresTokens: HttpTokens === undefined ? before.requiresTokens : HttpTokens === 'required',
    isEnabled: HttpEndpoint === undefined ? before.isEnabled : HttpEndpoint === 'enabled',
    hopLimit: HttpPutResponseHopLimit ?? before.hopLimit,
    showsTags: InstanceMetadataTags === undefined ? before.showsTags : InstanceMetadataTags === 'enabled',
  };
  updateDetails(region, instance.id, { metadata });
  return { InstanceId: instance.id, InstanceMetadataOptions: { ...metadataShape(metadata), State: 'pending' } };
}

export const modifyInstanceOperations: OperationTable = {
  ModifyInstanceAttribute: modify,
  ModifyInstanceMetadataOptions: modifyMetadataOptions,
};
