import type { Place } from '../../core/network';
import { Chance } from '../chance';

/** An image of AWS that instances can be launched from. The same id in every account of a region. */
export interface MachineImage {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly createdAt: string;
  /** Public parameters that name it ("Calling AMI public parameters"). */
  readonly parameterNames: readonly string[];
}

const parameterPrefix = '/aws/service/ami-amazon-linux-latest/';

const release = '2023.9.20261110.0';

const descriptions = (['x86_64', 'arm64'] as const).flatMap(architecture => [
  {
    architecture,
    name: `al2023-ami-${release}-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 AMI ${release} ${architecture} HVM kernel-6.1`,
    parameters: [`al2023-ami-kernel-default-${architecture}`, `al2023-ami-kernel-6.1-${architecture}`],
  },
  {
    architecture,
    name: `al2023-ami-minimal-${release}-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 AMI ${release} ${architecture} Minimal HVM kernel-6.1`,
    parameters: [`al2023-ami-minimal-kernel-default-${architecture}`, `al2023-ami-minimal-kernel-6.1-${architecture}`],
  },
]);

export function imagesOf({ region }: Pick<Place, 'region'>): readonly MachineImage[] {
  return descriptions.map(({ architecture, name, description, parameters }) => ({
    id: `ami-${new Chance(`image/${region}/${name}`).hex(17)}`,
    name,
    description,
    architecture,
    createdAt: '2026-11-10T21:04:33.000Z',
    parameterNames: parameters.map(parameter => parameterPrefix + parameter),
  }));
}

export function findImage(place: Pick<Place, 'region'>, id: string): MachineImage | undefined {
  return imagesOf(place).find(image => image.id === id);
}

export function findImageByParameter(place: Pick<Place, 'region'>, parameterName: string): MachineImage | undefined {
  return imagesOf(place).find(image => image.parameterNames.includes(parameterName));
}
