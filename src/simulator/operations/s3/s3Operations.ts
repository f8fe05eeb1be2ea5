import type { OperationTable } from '../operation';
import { policyOperations } from './bucketPolicies';
import { settingOperations } from './bucketSettings';
import { bucketOperations } from './buckets';
import { copyOperations } from './copyObject';
import { batchOperations } from './deleteObjects';
import { listingOperations } from './listObjects';
import { multipartOperations } from './multipart';
import { objectOperations } from './objects';
import { publicAccessOperations } from './publicAccess';
import { taggingOperations } from './tagging';

/** Everything that the simulated S3 does. */
export const s3Operations: OperationTable = {
  ...batchOperations,
  ...bucketOperations,
  ...copyOperations,
  ...listingOperations,
  ...multipartOperations,
  ...objectOperations,
  ...policyOperations,
  ...publicAccessOperations,
  ...settingOperations,
  ...taggingOperations,
};
