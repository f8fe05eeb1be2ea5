import assert from 'node:assert/strict';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { clientsOf } from '../../../../support/practice';
import { practiceBucket, readyBucket } from '../../../../support/practiceBucket';
import { codeOf, refusalOf } from '../../../../support/refusal';

describe('buckets', () => {
  it('stand ready, one per region and account', async () => {
    const { s3, others } = await practiceBucket();
    const names = async (client = s3) => {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      return Buckets.map(({ Name = '', BucketRegion }) => [Name, BucketRegion] as const);
    };
    const own = await names();
    assert.equal(own.length, 9);
    assert.ok(own.every(([name]) => /^practice-consumer-[a-z]+-[a-z]+-\d-[0-9a-f]{6}$/.test(name)));
    assert.ok(own.every(([, region]) => region === undefined));
    assert.ok((await names(others.s3)).every(([name]) => name.startsWith('practice-provider-')));
  });

  it('are listed page by page, by prefix and by region', async () => {
    const { s3 } = await practiceBucket();
    const first = await s3.send(new ListBucketsCommand({ MaxBuckets: 5 }));
    const second = await s3.send(new ListBucketsCommand({ MaxBuckets: 5, ContinuationToken: first.ContinuationToken }));
    assert.deepEqual([first.Buckets?.length, second.Buckets?.length, second.ContinuationToken], [5, 4, undefined]);
    assert.equal(first.Buckets?.[0]?.BucketRegion, 'ap-northeast-1');
    const american = await s3.send(new ListBucketsCommand({ Prefix: 'practice-consumer-us-' }));
    assert.equal(american.Buckets?.length, 3);
    assert.equal(await codeOf(s3.send(new ListBucketsCommand({ MaxBuckets: 0 }))), 'InvalidArgument');
  });

  it('are created and deleted where the client is', async () => {
    const { s3 } = await practiceBucket();
    const Bucket = 'my-own-bucket';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
    assert.equal(LocationConstraint, 'ap-south-1');
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket }));
    assert.equal(BucketRegion, 'ap-south-1');
    await s3.send(new DeleteBucketCommand({ Bucket }));
    const gone = await refusalOf(s3.send(new HeadBucketCommand({ Bucket })));
    assert.deepEqual([gone.code, gone.status], ['NotFound', 404]);
    assert.equal(await codeOf(s3.send(new DeleteBucketCommand({ Bucket }))), 'NoSuchBucket');
  });

  it('have names that follow the rules and belong to one account only', async () => {
    const { s3, others, Bucket } = await practiceBucket();
    const code = (name: string, client = s3) => codeOf(client.send(new CreateBucketCommand({ Bucket: name })));
    for (const name of ['My-bucket', 'ab', 'a..b', '10.0.0.1', 'sthree-bucket', 'bucket-s3alias', '-bucket'])
      assert.equal(await code(name), 'InvalidBucketName', name);
    assert.equal(await code(Bucket), 'BucketAlreadyOwnedByYou');
    assert.equal(await code(Bucket, others.s3), 'BucketAlreadyExists');
  });

  it('go to the region that fits the endpoint', async () => {
    const { cloud, s3 } = await practiceBucket();
    const create = (LocationConstraint: string) =>
      s3.send(
        new CreateBucketCommand({
          Bucket: 'elsewhere-bucket',
          CreateBucketConfiguration: { LocationConstraint: LocationConstraint as never },
        }),
      );
    const other = await refusalOf(create('eu-west-1'));
    assert.equal(other.code, 'IllegalLocationConstraintException');
    assert.match(other.message, /^The eu-west-1 location constraint is incompatible for the region specific endpoint/);
    assert.equal(await codeOf(create('xx-nowhere-1')), 'InvalidLocationConstraint');
    const american = clientsOf(cloud, 1, { region: 'us-east-1' }).s3;
    await american.send(new CreateBucketCommand({ Bucket: 'american-bucket' }));
    await american.send(new CreateBucketCommand({ Bucket: 'american-bucket' }));
    const { LocationConstraint } = await american.send(new GetBucketLocationCommand({ Bucket: 'american-bucket' }));
    assert.equal(LocationConstraint, undefined);
  });

  it('are not deleted while there is an object in them', async () => {
    const { s3, Bucket } = await practiceBucket();
    const { code, status } = await refusalOf(s3.send(new DeleteBucketCommand({ Bucket })));
    assert.deepEqual([code, status], ['BucketNotEmpty', 409]);
  });

  it('send clients of another region to their own', async () => {
    const { s3, cloud } = await practiceBucket();
    const Bucket = await readyBucket(s3, 'eu-west-1');
    const redirect = await refusalOf(s3.send(new GetBucketVersioningCommand({ Bucket })));
    assert.deepEqual([redirect.code, redirect.status], ['PermanentRedirect', 301]);
    const head = await refusalOf(s3.send(new HeadBucketCommand({ Bucket })));
    assert.equal(head.status, 301);
    const european = clientsOf(cloud, 1, { region: 'eu-west-1' }).s3;
    await european.send(new HeadBucketCommand({ Bucket }));
    const answer = await cloud.handle({
      ...{ method: 'GET', host: `${Bucket}.s3.ap-south-1.amazonaws.com`, path: '/', query: '' },
      ...{ headers: {}, body: new Uint8Array() },
    });
    assert.equal(answer.status, 403);
  });

  it('have tags', async () => {
    const { s3, Bucket } = await practiceBucket();
    const get = () => s3.send(new GetBucketTaggingCommand({ Bucket }));
    assert.equal(await codeOf(get()), 'NoSuchTagSet');
    const TagSet = [{ Key: 'lab', Value: 'gw-s3' }];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    assert.deepEqual((await get()).TagSet, TagSet);
  });

  it('say how they are set up, and refuse by name to be set up otherwise', async () => {
    const { s3, Bucket } = await practiceBucket();
    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    assert.equal(Status, undefined);
    const website = await codeOf(s3.send(new GetBucketWebsiteCommand({ Bucket })));
    assert.equal(website, 'NoSuchWebsiteConfiguration');
    const versioning = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    const { message } = await refusalOf(s3.send(versioning));
    assert.equal(message, 'The practice cloud does not simulate s3:PutBucketVersioning.');
  });
});
