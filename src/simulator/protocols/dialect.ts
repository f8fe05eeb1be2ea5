import { ServiceFault } from './serviceFault';
import type { Protocol } from './serviceModels';

/** How a protocol refuses a request that does not fit its operation's shape ("Error codes for the Amazon EC2 API"; IAM and SSM "Common Errors"). */
export interface Dialect {
  unknownParameter(path: string): ServiceFault;
  missingParameter(path: string): ServiceFault;
  malformedValue(path: string, value: string, expected: string): ServiceFault;
}

function memberPath(path: string): string {
  return path
    .split('.')
    .map(part => part.charAt(0).toLowerCase() + part.slice(1))
    .join('.');
}

const nullMember = (path: string) =>
  `1 validation error detected: Value null at '${memberPath(path)}' failed to satisfy constraint: Member must not be null`;

const ec2Query: Dialect = {
  unknownParameter: path => new ServiceFault('UnknownParameter', `The parameter ${path} is not recognized`),
  missingParameter: path => new ServiceFault('MissingParameter', `The request must contain the parameter ${path}`),
  malformedValue: (path, value, expected) =>
    new ServiceFault(
      'InvalidParameterValue',
      `Value (${value}) for parameter ${path} is invalid. Expected ${expected}.`,
    ),
};

const awsQuery: Dialect = {
  unknownParameter: path => new ServiceFault('InvalidQueryParameter', `The parameter ${path} is not recognized`),
  missingParameter: path => new ServiceFault('ValidationError', nullMember(path)),
  malformedValue: (path, value, expected) =>
    new ServiceFault(
      'InvalidParameterValue',
      `Value (${value}) for parameter ${path} is invalid. Expected ${expected}.`,
    ),
};

const awsJson1_1: Dialect = {
  unknownParameter: path => new ServiceFault('ValidationException', `The parameter ${path} is not recognized`),
  missingParameter: path => new ServiceFault('ValidationException', nullMember(path)),
  malformedValue: (path, value, expected) =>
    new ServiceFault('SerializationException', `${value} at ${path} can not be converted to ${expected}`),
};

/** S3 takes no notice of query parameters and headers that it does not know ("Amazon S3 API Reference: Error responses"). */
const restXml: Dialect = {
  unknownParameter: path => new ServiceFault('InvalidArgument', 'Invalid Argument', 400, { ArgumentName: path }),
  missingParameter: path => new ServiceFault('InvalidRequest', `Missing required parameter for this request: ${path}`),
  malformedValue: (path, value, expected) =>
    new ServiceFault('InvalidArgument', `Provided ${path} is not ${expected}`, 400, {
      ArgumentName: path,
      ArgumentValue: value,
    }),
};

export const dialects: Readonly<Record<Protocol, Dialect>> = { ec2Query, awsQuery, awsJson1_1, restXml };
