import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { findImage } from '../../world/images';
import type { OwnedParameter, ParameterVersion } from '../../world/parameter';
import type { CallContext } from '../operation';
import { invalidMember } from './invalidMember';

/** In characters, by tier ("Managing parameter tiers"). */
const longestValue = { Standard: 4096, Advanced: 8192 };
const maximumVersions = 100;
const deepestLevel = 15;

const validation = (message: string) => new ServiceFault('ValidationException', message);

/** Makes a parameter, or with `Overwrite` its next version ("PutParameter"). */
export function putParameter(input: Ssm.PutParameterRequest, context: CallContext): Ssm.PutParameterResult {
  const { region } = context;
  const { Name: name = '', Overwrite = false } = input;
  checkName(name);
  const known = region.parameters.get(name);
  if (known && !Overwrite)
    throw new ServiceFault(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  const tier = checkedTier(input.Tier) ?? known?.tier ?? 'Standard';
  const version = newVersion(input, context, known, tier);
  const versions = [...(known?.versions ?? []), version].slice(-maximumVersions);
  const given = (input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
  region.parameters.set(name, { name, tier, versions, tags: known?.tags ?? Object.fromEntries(given) });
  return { Version: version.version, Tier: tier };
}

function newVersion(
  input: Ssm.PutParameterRequest,
  context: CallContext,
  known: OwnedParameter | undefined,
  tier: OwnedParameter['tier'],
): ParameterVersion {
  const { Value: value = '', AllowedPattern: allowedPattern, DataType: dataType = 'text' } = input;
  const last = known?.versions.at(-1);
  const type = checkedType(input.Type ?? last?.type);
  if (value === '') throw invalidMember("''", 'value', 'Member must have length greater than or equal to 1');
  if (value.length > longestValue[tier])
    throw validation(`${tier} tier parameters support a maximum parameter value of ${longestValue[tier]} characters.`);
  if (allowedPattern !== undefined && !fitsPattern(value, allowedPattern))
    throw new ServiceFault(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  if (dataType === 'aws:ec2:image' && !findImage(context.region.place, value))
    throw validation(`The following data type validation failed: aws:ec2:image. There is no image ${value}.`);
  return {
    version: (last?.version ?? 0) + 1,
    type,
    value,
    description: input.Description,
    allowedPattern,
    dataType,
    modifiedAtMs: context.nowMs,
    modifiedBy: context.caller.arn,
  };
}

function checkName(name: string): void {
  if (/^\/?aws\//i.test(name))
    throw new ServiceFault('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (!/^[\w.-]+$|^(?:\/[\w.-]+)+$/.test(name) || /^\/?(?:aws|ssm)/i.test(name))
    throw validation(
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  if (name.split('/').length - 1 > deepestLevel)
    throw new ServiceFault(
      'HierarchyLevelLimitExceededException',
      `The hierarchy can have a maximum of ${deepestLevel} levels.`,
    );
}

function checkedType(type: string | undefined): ParameterVersion['type'] {
  if (type === 'String' || type === 'StringList') return type;
  if (type === undefined) throw validation('A parameter type is required when you create a parameter.');
  if (type === 'SecureString')
    throw new ServiceFault(
      'UnsupportedOperationException',
      'The practice cloud does not simulate SecureString parameters.',
    );
  throw invalidMember(`'${type}'`, 'type', 'Member must satisfy enum value set: [String, StringList, SecureString]');
}

function checkedTier(tier: string | undefined): OwnedParameter['tier'] | undefined {
  if (tier === undefined || tier === 'Standard' || tier === 'Advanced') return tier;
  if (tier === 'Intelligent-Tiering') return 'Standard';
  throw invalidMember(
    `'${tier}'`,
    'tier',
    'Member must satisfy enum value set: [Standard, Advanced, Intelligent-Tiering]',
  );
}

/** A pattern that is none lets nothing through. */
function fitsPattern(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return false;
  }
}
