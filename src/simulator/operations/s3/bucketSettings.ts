/** What a new bucket says about itself. None of it can be changed in the practice cloud, so that this is what every bucket says. */
import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { type BucketInput, canonicalId, openBucket } from './bucketAccess';

type Setting = (input: BucketInput, context: CallContext) => object;

function always(action: string, answer: object): Setting {
  return (input, context) => {
    openBucket(context, input, action);
    return answer;
  };
}

/** Refuses as S3 does while nothing is configured. */
function never(action: string, code: string, message: string): Setting {
  return (input, context) => {
    const { name } = openBucket(context, input, action);
    throw new ServiceFault(code, message, 404, { BucketName: name });
  };
}

const encryption: S3.GetBucketEncryptionOutput = {
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
  },
};

const ownership: S3.GetBucketOwnershipControlsOutput = {
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
};

function getBucketAcl(input: BucketInput, context: CallContext): S3.GetBucketAclOutput {
  const { ownerId } = openBucket(context, input, 's3:GetBucketAcl');
  const ID = canonicalId(context, ownerId);
  return { Owner: { ID }, Grants: [{ Grantee: { ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
}

export const settingOperations: OperationTable = {
  GetBucketAccelerateConfiguration: always('s3:GetAccelerateConfiguration', {}),
  GetBucketAcl: getBucketAcl,
  GetBucketCors: never('s3:GetBucketCORS', 'NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  GetBucketEncryption: always('s3:GetEncryptionConfiguration', encryption),
  GetBucketLifecycleConfiguration: never(
    's3:GetLifecycleConfiguration',
    'NoSuchLifecycleConfiguration',
    'The lifecycle configuration does not exist',
  ),
  GetBucketLogging: always('s3:GetBucketLogging', {}),
  GetBucketNotificationConfiguration: always('s3:GetBucketNotification', {}),
  GetBucketOwnershipControls: always('s3:GetBucketOwnershipControls', ownership),
  GetBucketReplication: never(
    's3:GetReplicationConfiguration',
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ),
  GetBucketRequestPayment: always('s3:GetBucketRequestPayment', { Payer: 'BucketOwner' }),
  GetBucketVersioning: always('s3:GetBucketVersioning', {}),
  GetBucketWebsite: never(
    's3:GetBucketWebsite',
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ),
  GetObjectLockConfiguration: never(
    's3:GetBucketObjectLockConfiguration',
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ),
};
