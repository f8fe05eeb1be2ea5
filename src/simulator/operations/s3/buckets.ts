import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import { type Bucket, emptyBucket } from '../../world/buckets';
import { practiceRegions } from '../../world/zones';
import { pageOf } from '../common/paging';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { authorize, authorizeAccount } from './authorize';
import { canonicalId, findBucket, openBucket } from './bucketAccess';
import { checkBucketName } from './bucketNames';
import { invalidArgument, refuseMembers } from './s3Faults';
import { readTagList } from './tags';

/** Its endpoint is the global one too: no location constraint stands for it, and any other may be named there. */
const globalRegion = 'us-east-1';
const most = 10_000;

function listBuckets(input: S3.ListBucketsRequest, context: CallContext): S3.ListBucketsOutput {
  const { world, account } = context;
  authorizeAccount(context, 's3:ListAllMyBuckets');
  const { MaxBuckets, ContinuationToken, Prefix = '', BucketRegion } = input;
  if (MaxBuckets !== undefined && (MaxBuckets < 1 || MaxBuckets > most))
    throw invalidArgument(`Argument max-buckets must be an integer between 1 and ${most}`, 'max-buckets', MaxBuckets);
  const isRefined = Object.values(input).some(value => value !== undefined);
  const own = [...world.buckets.values()]
    .filter(({ ownerId, name }) => ownerId === account.id && name.startsWith(Prefix))
    .filter(({ region }) => BucketRegion === undefined || region === BucketRegion)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const request = { MaxResults: MaxBuckets ?? most, NextToken: ContinuationToken };
  const wrongToken = () =>
    invalidArgument('The continuation token provided is incorrect', 'continuation-token', ContinuationToken);
  const page = pageOf(own, request, { wrongToken }, ({ name }) => name);
  return {
    Buckets: page.items.map(bucket => bucketShape(bucket, isRefined)),
    Owner: { ID: canonicalId(context, account.id) },
    ...(page.nextToken === undefined ? {} : { ContinuationToken: page.nextToken }),
    ...(input.Prefix === undefined ? {} : { Prefix }),
  };
}

/** The region is told only to those who ask for a part of the list. */
function bucketShape({ name, createdAtMs, region }: Bucket, isRefined: boolean): S3.Bucket {
  return { Name: name, CreationDate: wholeSeconds(createdAtMs), ...(isRefined ? { BucketRegion: region } : {}) };
}

const unsimulatedOnCreation = [
  'GrantFullControl',
  'GrantRead',
  'GrantReadACP',
  'GrantWrite',
  'GrantWriteACP',
  'ObjectLockEnabledForBucket',
];

function createBucket(input: S3.CreateBucketRequest, context: CallContext): S3.CreateBucketOutput {
  const { world, account, nowMs } = context;
  const { Bucket: name = '', ACL: acl = 'private', ObjectOwnership = 'BucketOwnerEnforced' } = input;
  const { CreateBucketConfiguration: configuration = {} } = input;
  checkBucketName(name);
  refuseMembers(input, unsimulatedOnCreation);
  refuseMembers(configuration, ['Location', 'Bucket']);
  refuseOtherOwnership(acl, ObjectOwnership);
  const region = chosenRegion(configuration.LocationConstraint, context);
  authorize(context, { action: 's3:CreateBucket', bucket: name });
  const existing = world.buckets.get(name);
  if (existing) refuseTaken(existing, context);
  else {
    const bucket = emptyBucket({ name, ownerId: account.id, region, createdAtMs: nowMs });
    world.buckets.set(name, { ...bucket, tags: readTagList(configuration.Tags ?? []) });
  }
  return { Location: region === globalRegion ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
}

function refuseOtherOwnership(acl: string, ownership: string): void {
  if (acl !== 'private')
    throw new ServiceFault(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  if (ownership !== 'BucketOwnerEnforced') refuseMembers({ ObjectOwnership: ownership }, ['ObjectOwnership']);
}

/** The region of a new bucket; throws when it does not fit the endpoint that was asked. */
function chosenRegion(constraint: string | undefined, { region }: CallContext): (typeof practiceRegions)[number] {
  const here = region.place.region;
  const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
  const found = practiceRegions.find(name => name === (wanted ?? globalRegion));
  if (constraint === globalRegion || !found)
    throw new ServiceFault('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: constraint,
    });
  if (found === here || (here === globalRegion && constraint !== undefined)) return found;
  throw new ServiceFault(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

/** Only in us-east-1 an owner may create a bucket again, to no effect. */
function refuseTaken({ name, ownerId, region }: Bucket, { account }: CallContext): void {
  if (ownerId !== account.id)
    throw new ServiceFault(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      409,
      { BucketName: name },
    );
  if (region === globalRegion) return;
  throw new ServiceFault(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    409,
    { BucketName: name },
  );
}

function deleteBucket(input: S3.DeleteBucketRequest, context: CallContext): object {
  const bucket = openBucket(context, input, 's3:DeleteBucket');
  if (bucket.objects.size > 0)
    throw new ServiceFault('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
      BucketName: bucket.name,
    });
  context.world.buckets.delete(bucket.name);
  return {};
}

function headBucket(input: S3.HeadBucketRequest, context: CallContext): S3.HeadBucketOutput {
  const { region, name } = openBucket(context, input, 's3:ListBucket');
  return { BucketRegion: region, BucketArn: `arn:aws:s3:::${name}`, AccessPointAlias: false };
}

/** The endpoint of us-east-1 answers for buckets of every region. */
function getBucketLocation(input: S3.GetBucketLocationRequest, context: CallContext): S3.GetBucketLocationOutput {
  const bucket = findBucket(context, input, context.region.place.region === globalRegion);
  authorize(context, { action: 's3:GetBucketLocation', bucket });
  return bucket.region === globalRegion ? {} : { LocationConstraint: bucket.region as S3.BucketLocationConstraint };
}

export const bucketOperations: OperationTable = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  HeadBucket: headBucket,
  ListBuckets: listBuckets,
};
