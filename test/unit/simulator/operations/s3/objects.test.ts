import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { keysOf, practiceBucket } from '../../../../support/practiceBucket';
import { codeOf, refusalOf } from '../../../../support/refusal';

const seedKeys = ['readme.txt', 'reports/2026/october.csv', 'reports/2026/summary.csv'];

describe('objects of S3', () => {
  it('come back as they were put, with their headers', async () => {
    const { s3, Bucket } = await practiceBucket();
    const Key = 'notes/ein Schlüssel (1)+%.txt';
    const Expires = new Date('2027-01-01T00:00:00Z');
    const put = await s3.send(
      new PutObjectCommand({
        ...{ Bucket, Key, Body: 'hello', ContentType: 'text/plain', CacheControl: 'no-store', Expires },
        ...{ Metadata: { colour: 'blue' }, Tagging: 'a=1&b=2' },
      }),
    );
    assert.equal(put.ETag, '"5d41402abc4b2a76b9719d911017c592"');
    assert.equal(put.ServerSideEncryption, 'AES256');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    assert.equal(await got.Body?.transformToString(), 'hello');
    assert.deepEqual(
      [got.ContentLength, got.ContentType, got.CacheControl, got.Metadata, got.ETag, got.AcceptRanges, got.TagCount],
      [5, 'text/plain', 'no-store', { colour: 'blue' }, put.ETag, 'bytes', 2],
    );
    assert.equal(got.ExpiresString, Expires.toUTCString());
    assert.equal(got.ChecksumCRC32, put.ChecksumCRC32);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    assert.deepEqual([head.ContentLength, head.LastModified], [5, got.LastModified]);
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    assert.deepEqual(TagSet, [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
  });

  it('are ready in the bucket of every world, with the tags that their bodies have', async () => {
    const { s3, Bucket, cloud } = await practiceBucket();
    assert.deepEqual(await keysOf(s3, Bucket), seedKeys);
    for (const { objects } of cloud.world.buckets.values())
      for (const { body, etag } of objects.values()) assert.equal(etag, createHash('md5').update(body).digest('hex'));
  });

  it('are taken from a stream, in chunks with the checksum behind them', async () => {
    const { s3, Bucket } = await practiceBucket();
    const bytes = Buffer.alloc(200_000, 'practice ');
    const Body = Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body, ContentLength: bytes.length }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    assert.deepEqual(Buffer.from((await got.Body?.transformToByteArray()) ?? []), bytes);
    assert.equal(got.ContentEncoding, undefined);
  });

  it('are given in part, as RFC 9110 §14 has it', async () => {
    const { s3, Bucket } = await practiceBucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const part = async (Range: string) => {
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
      return [got.$metadata.httpStatusCode, got.ContentRange, await got.Body?.transformToString()];
    };
    assert.deepEqual(await part('bytes=2-4'), [206, 'bytes 2-4/10', '234']);
    assert.deepEqual(await part('bytes=7-'), [206, 'bytes 7-9/10', '789']);
    assert.deepEqual(await part('bytes=-3'), [206, 'bytes 7-9/10', '789']);
    assert.deepEqual(await part('bytes=8-99'), [206, 'bytes 8-9/10', '89']);
    assert.deepEqual(await part('bytes=0-1,4-5'), [200, undefined, '0123456789']);
    const { code, status } = await refusalOf(part('bytes=10-'));
    assert.deepEqual([code, status], ['InvalidRange', 416]);
  });

  it('are read only under the conditions that the reader sets', async () => {
    const { s3, Bucket } = await practiceBucket();
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const status = async (conditions: object) =>
      (await refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'k', ...conditions })))).status;
    assert.equal(await status({ IfMatch: '"other"' }), 412);
    assert.equal(await status({ IfNoneMatch: ETag }), 304);
    assert.equal(await status({ IfModifiedSince: new Date(Date.now() + 60_000) }), 304);
    assert.equal(await status({ IfUnmodifiedSince: new Date(0) }), 412);
    await s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfMatch: ETag, IfUnmodifiedSince: new Date(0) }));
  });

  it('are written only under the conditions that the writer sets', async () => {
    const { s3, Bucket } = await practiceBucket();
    const put = (Body: string, conditions: object) =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ...conditions }));
    const { ETag = '' } = await put('one', { IfNoneMatch: '*' });
    assert.equal(await codeOf(put('two', { IfNoneMatch: '*' })), 'PreconditionFailed');
    assert.equal(await codeOf(put('two', { IfMatch: '"other"' })), 'PreconditionFailed');
    await put('two', { IfMatch: ETag });
  });

  it('that are not there are told to who may list the bucket', async () => {
    const { s3, Bucket } = await practiceBucket();
    const missing = await refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'none' })));
    assert.deepEqual([missing.code, missing.status], ['NoSuchKey', 404]);
    assert.equal(missing.message, 'The specified key does not exist.');
    const head = await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })));
    assert.deepEqual([head.code, head.status], ['NotFound', 404]);
  });

  it('are copied with their metadata, or with other ones', async () => {
    const { s3, Bucket } = await practiceBucket();
    const Metadata = { colour: 'blue' };
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'x', Metadata, ContentType: 'text/x' }));
    const copy = (Key: string, more: object = {}) =>
      s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/a%20b`, ...more }));
    const { CopyObjectResult } = await copy('c');
    assert.equal(CopyObjectResult?.ETag, '"9dd4e461268c8034f5c8564e155c67a6"');
    await copy('d', { MetadataDirective: 'REPLACE', ContentType: 'text/y' });
    const types = await Promise.all(
      ['c', 'd'].map(async Key => {
        const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
        return [head.ContentType, head.Metadata];
      }),
    );
    assert.deepEqual(types, [
      ['text/x', Metadata],
      ['text/y', {}],
    ]);
    assert.equal(await codeOf(copy('a b')), 'InvalidRequest');
    assert.equal(await codeOf(copy('e', { CopySource: `${Bucket}/none` })), 'NoSuchKey');
    assert.equal(await codeOf(copy('e', { CopySource: 'nothing' })), 'InvalidArgument');
  });

  it('are deleted, one by one or many at once, whether they are there or not', async () => {
    const { s3, Bucket } = await practiceBucket();
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'readme.txt' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'readme.txt' }));
    const Objects = [{ Key: 'reports/2026/october.csv' }, { Key: 'none' }];
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual([Deleted, Errors], [Objects, undefined]);
    assert.deepEqual(await keysOf(s3, Bucket), ['reports/2026/summary.csv']);
  });

  it('are refused when they are too large, under too long a key, or kept in a way that is not simulated', async () => {
    const { s3, Bucket } = await practiceBucket();
    const put = (parameters: object) =>
      refusalOf(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...parameters })));
    const tooLarge = await put({ Body: new Uint8Array(16 * 1024 * 1024 + 1) });
    assert.deepEqual([tooLarge.code, tooLarge.status], ['EntityTooLarge', 400]);
    assert.equal((await put({ Key: 'ä'.repeat(513) })).code, 'KeyTooLongError');
    assert.equal((await put({ ACL: 'public-read' })).code, 'AccessControlListNotSupported');
    const encrypted = await put({ ServerSideEncryption: 'aws:kms' });
    assert.deepEqual([encrypted.code, encrypted.status], ['NotImplemented', 501]);
    assert.match(encrypted.message, /^The practice cloud does not simulate/);
  });
});
