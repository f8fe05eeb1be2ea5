import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import type { Bucket } from '../../world/buckets';
import { parsePolicy } from '../../world/policyDocument';
import type { CallContext, OperationTable } from '../operation';
import { openBucket } from './bucketAccess';
import { checkBucketPolicy } from './checkBucketPolicy';
import { accessDenied } from './s3Faults';

function noPolicy({ name }: Bucket): ServiceFault {
  return new ServiceFault('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: name });
}

/** A statement for everybody that no condition narrows ("The meaning of public"). */
function isPublic(text: string): boolean {
  return (parsePolicy(text)?.Statement ?? []).some(({ Effect, Principal, Condition }) => {
    const named = typeof Principal === 'object' ? [Principal.AWS ?? []].flat() : [Principal];
    return Effect === 'Allow' && named.includes('*') && !isNarrowed(Condition);
  });
}

/** Condition keys whose fixed values make a policy one for certain callers. */
const narrowingKeys: readonly string[] = [
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:userid',
];

function isNarrowed(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      !/Not|Null/.test(operator) && Object.keys(keys as object).some(key => narrowingKeys.includes(key.toLowerCase())),
  );
}

function putBucketPolicy(input: S3.PutBucketPolicyRequest, context: CallContext): object {
  const bucket = openBucket(context, input, 's3:PutBucketPolicy');
  const { Policy: policy = '' } = input;
  checkBucketPolicy(policy, bucket.name, context.world);
  if (bucket.publicAccessBlock?.blockPublicPolicy && isPublic(policy))
    throw accessDenied(
      `User: ${context.caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    );
  context.world.buckets.set(bucket.name, { ...bucket, policy });
  return {};
}

function getBucketPolicy(input: S3.GetBucketPolicyRequest, context: CallContext): S3.GetBucketPolicyOutput {
  const bucket = openBucket(context, input, 's3:GetBucketPolicy');
  if (bucket.policy === undefined) throw noPolicy(bucket);
  return { Policy: bucket.policy };
}

function deleteBucketPolicy(input: S3.DeleteBucketPolicyRequest, context: CallContext): object {
  const bucket = openBucket(context, input, 's3:DeleteBucketPolicy');
  context.world.buckets.set(bucket.name, { ...bucket, policy: undefined });
  return {};
}

function getBucketPolicyStatus(
  input: S3.GetBucketPolicyStatusRequest,
  context: CallContext,
): S3.GetBucketPolicyStatusOutput {
  const bucket = openBucket(context, input, 's3:GetBucketPolicyStatus');
  if (bucket.policy === undefined) throw noPolicy(bucket);
  return { PolicyStatus: { IsPublic: isPublic(bucket.policy) } };
}

export const policyOperations: OperationTable = {
  DeleteBucketPolicy: deleteBucketPolicy,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  PutBucketPolicy: putBucketPolicy,
};
