import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { updateInterface } from '../../world/interfaceLife';
import type { PlaceState } from '../../world/placeState';
import { rootDeviceName } from '../../world/volume';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { detailsOf, instanceShape, interfacesOf } from './instanceShapes';
import { groups } from './interfaceShapes';
import { answerFor } from './oneAttribute';

type Answer = Omit<Ec2.InstanceAttribute, 'InstanceId'>;

const answers: Readonly<Record<string, (region: PlaceState, instance: Instance) => Answer>> = {
  blockDeviceMapping: (region, instance) => ({
    BlockDeviceMappings: instanceShape(region, instance, () => undefined).BlockDeviceMappings ?? [],
  }),
  disableApiStop: (region, instance) => ({ DisableApiStop: { Value: detailsOf(region, instance).isStopProtected } }),
  disableApiTermination: (region, instance) => ({
    DisableApiTermination: { Value: detailsOf(region, instance).isTerminationProtected },
  }),
  ebsOptimized: (region, instance) => ({ EbsOptimized: { Value: detailsOf(region, instance).isEbsOptimized } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  enclaveOptions: () => ({ EnclaveOptions: { Enabled: false } }),
  groupSet: (region, instance) => ({
    Groups: interfacesOf(region, instance)
      .slice(0, 1)
      .flatMap(item => groups(region, item)),
  }),
  instanceInitiatedShutdownBehavior: (region, instance) => ({
    InstanceInitiatedShutdownBehavior: {
      Value: detailsOf(region, instance).terminatesOnShutdown ? 'terminate' : 'stop',
    },
  }),
  instanceType: (_region, instance) => ({ InstanceType: { Value: instance.instanceType } }),
  kernel: () => ({ KernelId: {} }),
  productCodes: () => ({ ProductCodes: [] }),
  ramdisk: () => ({ RamdiskId: {} }),
  rootDeviceName: () => ({ RootDeviceName: { Value: rootDeviceName } }),
  sourceDestCheck: (region, instance) => ({
    SourceDestCheck: { Value: interfacesOf(region, instance)[0]?.sourceDestCheck ?? true },
  }),
  sriovNetSupport: () => ({ SriovNetSupport: { Value: 'simple' } }),
  userData: (region, instance) => {
    const { userData } = detailsOf(region, instance);
    return { UserData: userData === undefined ? {} : { Value: userData } };
  },
};

function describe(input: Ec2.DescribeInstanceAttributeRequest, { region }: CallContext): Ec2.InstanceAttribute {
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  return { InstanceId: instance.id, ...answerFor(answers, input.Attribute)(region, instance) };
}

/** Only what NAT instances change can be put back. */
function reset(input: Ec2.ResetInstanceAttributeRequest, { region }: CallContext): object {
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  if (input.Attribute !== 'sourceDestCheck')
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not reset ${input.Attribute}.`);
  const [first] = instance.networkInterfaceIds;
  if (first) updateInterface(region, first, { sourceDestCheck: true });
  return {};
}

export const instanceAttributeOperations: OperationTable = {
  DescribeInstanceAttribute: describe,
  ResetInstanceAttribute: reset,
};
