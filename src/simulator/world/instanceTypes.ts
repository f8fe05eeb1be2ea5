/** Instance types of the practice cloud ("Amazon EC2 instance types: Specifications"; "Maximum IP addresses per network interface"). */

export interface InstanceType {
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly hypervisor: 'xen' | 'nitro';
  readonly vcpus: number;
  readonly cores: number;
  readonly memoryMib: number;
  /** How many network interfaces an instance may have, and how many IPv4 addresses each of them. */
  readonly interfaces: number;
  readonly addressesPerInterface: number;
  readonly isBurstable: boolean;
  readonly isFreeTierEligible: boolean;
  readonly networkPerformance: string;
}

interface Size {
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly interfaces: number;
  readonly addresses: number;
}

const size = (vcpus: number, memoryGib: number, interfaces: number, addresses: number): Size => ({
  vcpus,
  memoryGib,
  interfaces,
  addresses,
});

const burstableSizes: Readonly<Record<string, Size>> = {
  nano: size(2, 0.5, 2, 2),
  micro: size(2, 1, 2, 2),
  small: size(2, 2, 3, 4),
  medium: size(2, 4, 3, 6),
  large: size(2, 8, 3, 12),
  xlarge: size(4, 16, 4, 15),
  '2xlarge': size(8, 32, 4, 15),
};

/** The first generation of Xen has fewer processors in its small sizes. */
const oldBurstableSizes: Readonly<Record<string, Size>> = {
  ...burstableSizes,
  nano: size(1, 0.5, 2, 2),
  micro: size(1, 1, 2, 2),
  small: size(1, 2, 3, 4),
  xlarge: size(4, 16, 3, 15),
  '2xlarge': size(8, 32, 3, 15),
};

/** Sizes from `large` up, with so much memory for each processor. */
function steadySizes(gibPerVcpu: number): Readonly<Record<string, Size>> {
  const of = (vcpus: number, interfaces: number, addresses: number) =>
    size(vcpus, vcpus * gibPerVcpu, interfaces, addresses);
  return {
    large: of(2, 3, 10),
    xlarge: of(4, 4, 15),
    '2xlarge': of(8, 4, 15),
    '4xlarge': of(16, 8, 30),
    '8xlarge': of(32, 8, 30),
    '16xlarge': of(64, 15, 50),
  };
}

interface Family {
  readonly name: string;
  readonly architecture: InstanceType['architecture'];
  readonly hypervisor: InstanceType['hypervisor'];
  readonly isBurstable: boolean;
  readonly networkPerformance: string;
  readonly sizes: Readonly<Record<string, Size>>;
}

const burstable = (name: string, architecture: InstanceType['architecture']): Family => ({
  name,
  architecture,
  hypervisor: 'nitro',
  isBurstable: true,
  networkPerformance: 'Up to 5 Gigabit',
  sizes: burstableSizes,
});

const steady = (name: string, architecture: InstanceType['architecture'], gibPerVcpu: number): Family => ({
  name,
  architecture,
  hypervisor: 'nitro',
  isBurstable: false,
  networkPerformance: 'Up to 10 Gigabit',
  sizes: steadySizes(gibPerVcpu),
});

const families: readonly Family[] = [
  { ...burstable('t2', 'x86_64'), hypervisor: 'xen', networkPerformance: 'Low to Moderate', sizes: oldBurstableSizes },
  burstable('t3', 'x86_64'),
  burstable('t3a', 'x86_64'),
  burstable('t4g', 'arm64'),
  ...['c5', 'c6i', 'c7i'].map(name => steady(name, 'x86_64', 2)),
  ...['m5', 'm6i', 'm7i'].map(name => steady(name, 'x86_64', 4)),
  ...['r5', 'r6i', 'r7i'].map(name => steady(name, 'x86_64', 8)),
  ...['c6g', 'c7g'].map(name => steady(name, 'arm64', 2)),
  ...['m6g', 'm7g'].map(name => steady(name, 'arm64', 4)),
  ...['r6g', 'r7g'].map(name => steady(name, 'arm64', 8)),
];

/** "Track your Free Tier usage for Amazon EC2". */
const freeTier: readonly string[] = ['t2.micro', 't3.micro', 't3.small', 't4g.micro', 't4g.small'];

function typeOf(family: Family, [sizeName, { vcpus, memoryGib, interfaces, addresses }]: [string, Size]): InstanceType {
  const name = `${family.name}.${sizeName}`;
  const hasThreads = family.architecture === 'x86_64' && (family.hypervisor === 'nitro' || !family.isBurstable);
  return {
    name,
    architecture: family.architecture,
    hypervisor: family.hypervisor,
    vcpus,
    cores: hasThreads ? vcpus / 2 : vcpus,
    memoryMib: memoryGib * 1024,
    interfaces,
    addressesPerInterface: addresses,
    isBurstable: family.isBurstable,
    isFreeTierEligible: freeTier.includes(name),
    networkPerformance: family.networkPerformance,
  };
}

export const instanceTypes: readonly InstanceType[] = families.flatMap(family =>
  Object.entries(family.sizes).map(entry => typeOf(family, entry)),
);

const byName = new Map(instanceTypes.map(type => [type.name, type]));

export function findInstanceType(name: string): InstanceType | undefined {
  return byName.get(name);
}
