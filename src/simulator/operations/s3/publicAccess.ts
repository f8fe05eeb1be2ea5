import { malformedXml } from '../../protocols/rest/decodeXml';
import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { openBucket } from './bucketAccess';

function getPublicAccessBlock(
  input: S3.GetPublicAccessBlockRequest,
  context: CallContext,
): S3.GetPublicAccessBlockOutput {
  const { publicAccessBlock: block, name } = openBucket(context, input, 's3:GetBucketPublicAccessBlock');
  if (!block)
    throw new ServiceFault(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      404,
      { BucketName: name },
    );
  return {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: block.blockPublicAcls,
      IgnorePublicAcls: block.ignorePublicAcls,
      BlockPublicPolicy: block.blockPublicPolicy,
      RestrictPublicBuckets: block.restrictPublicBuckets,
    },
  };
}

function putPublicAccessBlock(input: S3.PutPublicAccessBlockRequest, context: CallContext): object {
  const bucket = openBucket(context, input, 's3:PutBucketPublicAccessBlock');
  const configuration = input.PublicAccessBlockConfiguration;
  if (!configuration) throw malformedXml();
  const publicAccessBlock = {
    blockPublicAcls: configuration.BlockPublicAcls ?? false,
    ignorePublicAcls: configuration.IgnorePublicAcls ?? false,
    blockPublicPolicy: configuration.BlockPublicPolicy ?? false,
    restrictPublicBuckets: configuration.RestrictPublicBuckets ?? false,
  };
  context.world.buckets.set(bucket.name, { ...bucket, publicAccessBlock });
  return {};
}

function deletePublicAccessBlock(input: S3.DeletePublicAccessBlockRequest, context: CallContext): object {
  const bucket = openBucket(context, input, 's3:PutBucketPublicAccessBlock');
  context.world.buckets.set(bucket.name, { ...bucket, publicAccessBlock: undefined });
  return {};
}

export const publicAccessOperations: OperationTable = {
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetPublicAccessBlock: getPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
};
