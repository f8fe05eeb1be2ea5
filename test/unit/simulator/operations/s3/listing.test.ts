import assert from 'node:assert/strict';
import { CreateBucketCommand, ListObjectsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { practiceBucket } from '../../../../support/practiceBucket';
import { codeOf } from '../../../../support/refusal';

const keys = ['a/1', 'a/2', 'b', 'b/1', 'ü', '\u{1f600}', '～'];

/** A bucket with these keys, put in no order. */
async function filled() {
  const { s3 } = await practiceBucket();
  const Bucket = 'listed-bucket';
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of [...keys].reverse()) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const list = async (parameters: object) => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ...parameters }));
    const found = (page.Contents ?? []).map(({ Key }) => Key);
    return { page, keys: found, prefixes: (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix) };
  };
  return { s3, Bucket, list };
}

describe('listings of a bucket', () => {
  it('are in the order of the keys in UTF-8', async () => {
    const { list } = await filled();
    const { page, keys: found } = await list({});
    assert.deepEqual(found, ['a/1', 'a/2', 'b', 'b/1', 'ü', '～', '\u{1f600}']);
    assert.deepEqual([page.KeyCount, page.MaxKeys, page.IsTruncated, page.Name], [7, 1000, false, 'listed-bucket']);
    assert.equal(page.Contents?.[0]?.Size, 3);
    assert.equal(page.Contents?.[0]?.StorageClass, 'STANDARD');
    assert.equal(page.Contents?.[0]?.Owner, undefined);
  });

  it('group what goes on alike up to the delimiter', async () => {
    const { list } = await filled();
    const top = await list({ Delimiter: '/' });
    assert.deepEqual(
      [top.keys, top.prefixes],
      [
        ['b', 'ü', '～', '\u{1f600}'],
        ['a/', 'b/'],
      ],
    );
    assert.equal(top.page.KeyCount, 6);
    const inner = await list({ Delimiter: '/', Prefix: 'a/' });
    assert.deepEqual([inner.keys, inner.prefixes], [['a/1', 'a/2'], []]);
  });

  it('come in pages, each going on where the one before ended', async () => {
    const { list } = await filled();
    const found: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const next: Awaited<ReturnType<typeof list>> = await list({ MaxKeys: 2, Delimiter: '/', ContinuationToken });
      found.push([...next.prefixes, ...next.keys]);
      ContinuationToken = next.page.NextContinuationToken;
      assert.equal(next.page.IsTruncated, ContinuationToken !== undefined);
    } while (ContinuationToken !== undefined);
    assert.deepEqual(found, [
      ['a/', 'b'],
      ['b/', 'ü'],
      ['～', '\u{1f600}'],
    ]);
    assert.equal(await codeOf(list({ ContinuationToken: '%' })), 'InvalidArgument');
  });

  it('begin behind a key, tell owners and encode keys when they are asked to', async () => {
    const { list } = await filled();
    const { keys: found, page } = await list({ StartAfter: 'b', EncodingType: 'url', FetchOwner: true });
    assert.deepEqual(found, ['b/1', '%C3%BC', '%EF%BD%9E', '%F0%9F%98%80']);
    assert.match(page.Contents?.[0]?.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
    const none = await list({ MaxKeys: 0 });
    assert.deepEqual([none.keys, none.page.IsTruncated, none.page.KeyCount], [[], false, 0]);
    assert.equal(await codeOf(list({ MaxKeys: -1 })), 'InvalidArgument');
    assert.equal((await list({ MaxKeys: 5000 })).page.MaxKeys, 1000);
  });

  it('go on from a key in the first version', async () => {
    const { s3, Bucket } = await filled();
    const page = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }));
    assert.deepEqual([page.CommonPrefixes, page.NextMarker, page.IsTruncated], [[{ Prefix: 'a/' }], 'a/', true]);
    const rest = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: page.NextMarker }));
    assert.deepEqual(
      [rest.Contents?.map(({ Key }) => Key), rest.CommonPrefixes],
      [['b', 'ü', '～', '\u{1f600}'], [{ Prefix: 'b/' }]],
    );
  });
});
