/** How S3 refuses ("Amazon S3 API Reference: Error responses"). */
import { ServiceFault } from '../../protocols/serviceFault';
import type { Bucket } from '../../world/buckets';

export function noSuchBucket(name: string): ServiceFault {
  return new ServiceFault('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
}

export function noSuchKey(key: string): ServiceFault {
  return new ServiceFault('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

/** The region is in a header too, where clients find it even in the answer to HEAD. */
export function permanentRedirect({ name, region }: Bucket): ServiceFault {
  return new ServiceFault(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
    { 'x-amz-bucket-region': region },
  );
}

export function accessDenied(message = 'Access Denied'): ServiceFault {
  return new ServiceFault('AccessDenied', message, 403);
}

export function invalidArgument(message: string, name: string, value: unknown): ServiceFault {
  return new ServiceFault('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });
}

export function invalidRequest(message: string): ServiceFault {
  return new ServiceFault('InvalidRequest', message);
}

export function preconditionFailed(condition: string): ServiceFault {
  return new ServiceFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}

/** What changes the outcome and is not simulated. */
export function notSimulated(what: string): ServiceFault {
  return new ServiceFault('NotImplemented', `The practice cloud does not simulate ${what}.`, 501);
}

/** Refuses an input that has one of these members, by the member's name. */
export function refuseMembers(input: object, names: readonly string[]): void {
  for (const name of names)
    if ((input as Readonly<Record<string, unknown>>)[name] !== undefined) throw notSimulated(`${name} of S3`);
}
