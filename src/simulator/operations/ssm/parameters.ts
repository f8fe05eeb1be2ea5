import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { findImageByParameter } from '../../world/images';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';

const maximumNames = 10;

/** The public parameters that name images; the practice cloud has no others. */
function parameterShape({ place }: PlaceState, name: string): Ssm.Parameter | undefined {
  const image = findImageByParameter(place, name);
  return (
    image && {
      Name: name,
      Type: 'String',
      Value: image.id,
      Version: 97,
      LastModifiedDate: new Date(image.createdAt),
      ARN: `arn:aws:ssm:${place.region}::parameter${name}`,
      DataType: 'aws:ec2:image',
    }
  );
}

function getParameter(input: Ssm.GetParameterRequest, { region }: CallContext): Ssm.GetParameterResult {
  const Parameter = parameterShape(region, input.Name ?? '');
  if (!Parameter) throw new ServiceFault('ParameterNotFound', `Parameter ${input.Name} not found.`);
  return { Parameter };
}

function getParameters(input: Ssm.GetParametersRequest, { region }: CallContext): Ssm.GetParametersResult {
  const names = [...new Set(input.Names ?? [])];
  if (names.length > maximumNames)
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to ${maximumNames}`,
    );
  const shapes = names.map(name => parameterShape(region, name));
  return {
    Parameters: shapes.filter(shape => shape !== undefined),
    InvalidParameters: names.filter((_, index) => shapes[index] === undefined),
  };
}

export const parameterOperations: OperationTable = { GetParameter: getParameter, GetParameters: getParameters };
