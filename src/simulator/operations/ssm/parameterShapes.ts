import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { imagesOf } from '../../world/images';
import type { OwnedParameter, ParameterVersion } from '../../world/parameter';
import type { PlaceState } from '../../world/placeState';

const publicVersion = 97;

export function latestOf({ versions }: OwnedParameter): ParameterVersion {
  const latest = versions.at(-1);
  if (!latest) throw new RangeError('A parameter has at least one version');
  return latest;
}

/** The public parameters that name images; the practice cloud has no others of AWS. */
export function publicParameters({ place }: PlaceState): readonly Ssm.Parameter[] {
  return imagesOf(place).flatMap(({ id, createdAt, parameterNames }) =>
    parameterNames.map(name => ({
      Name: name,
      Type: 'String' as const,
      Value: id,
      Version: publicVersion,
      LastModifiedDate: new Date(createdAt),
      ARN: `arn:aws:ssm:${place.region}::parameter${name}`,
      DataType: 'aws:ec2:image',
    })),
  );
}

export function parameterArn({ place }: PlaceState, name: string): string {
  return `arn:aws:ssm:${place.region}:${place.accountId}:parameter/${name.replace(/^\//, '')}`;
}

export function parameterShape(
  region: PlaceState,
  { name }: OwnedParameter,
  version: ParameterVersion,
  selector = '',
): Ssm.Parameter {
  return {
    Name: name,
    Type: version.type,
    Value: version.value,
    Version: version.version,
    ...(selector === '' ? {} : { Selector: selector }),
    LastModifiedDate: new Date(version.modifiedAtMs),
    ARN: parameterArn(region, name),
    DataType: version.dataType,
  };
}

/** By name or ARN, with `:<version>` behind it where that is wanted; undefined for what there is not. Throws ParameterVersionNotFound. */
export function findParameter(region: PlaceState, wanted: string): Ssm.Parameter | undefined {
  const [, path = '', selector = ''] = /^(.*?)(:[^:/]+)?$/s.exec(wanted.replace(/^arn:[^/]*:parameter/, '')) ?? [];
  const owned =
    region.parameters.get(path) ?? (wanted.startsWith('arn:') ? region.parameters.get(path.slice(1)) : undefined);
  if (!owned) return publicParameters(region).find(({ Name }) => Name === path);
  const version = selector === '' ? latestOf(owned) : owned.versions.find(one => `:${one.version}` === selector);
  if (!version)
    throw new ServiceFault(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector.slice(1)} of ${path}. Verify the version and try again.`,
    );
  return parameterShape(region, owned, version, selector);
}

/** What histories and descriptions say of a version. */
export function versionMetadata(region: PlaceState, { name, tier }: OwnedParameter, version: ParameterVersion) {
  return {
    Name: name,
    ARN: parameterArn(region, name),
    Type: version.type,
    LastModifiedDate: new Date(version.modifiedAtMs),
    LastModifiedUser: version.modifiedBy,
    ...(version.description === undefined ? {} : { Description: version.description }),
    ...(version.allowedPattern === undefined ? {} : { AllowedPattern: version.allowedPattern }),
    Version: version.version,
    Tier: tier,
    Policies: [],
    DataType: version.dataType,
  };
}
