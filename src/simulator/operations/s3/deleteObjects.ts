import { malformedXml } from '../../protocols/rest/decodeXml';
import type { S3 } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { isAllowed } from './authorize';
import { findBucket } from './bucketAccess';
import { removeObject } from './storeObject';

const most = 1000;

/** Deletes what may be deleted; each key that may not be is told as an error of its own. */
function deleteObjects(input: S3.DeleteObjectsRequest, context: CallContext): S3.DeleteObjectsOutput {
  const bucket = findBucket(context, input);
  const { Objects: objects = [], Quiet: isQuiet } = input.Delete ?? {};
  if (objects.length === 0 || objects.length > most) throw malformedXml();
  const Deleted: S3.DeletedObject[] = [];
  const Errors: S3._Error[] = [];
  for (const { Key: key = '' } of objects)
    if (isAllowed(context, { action: 's3:DeleteObject', bucket, key })) {
      removeObject(context, bucket, key);
      if (!isQuiet) Deleted.push({ Key: key });
    } else Errors.push({ Key: key, Code: 'AccessDenied', Message: 'Access Denied' });
  return { Deleted, Errors };
}

export const batchOperations: OperationTable = { DeleteObjects: deleteObjects };
