import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { keysOf, practiceBucket } from '../../../../support/practiceBucket';
import { codeOf } from '../../../../support/refusal';

const part = 5 * 1024 * 1024;

async function begun() {
  const { s3, Bucket } = await practiceBucket();
  const Key = 'large';
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain' }));
  const names = { Bucket, Key, UploadId };
  const send = async (PartNumber: number, Body: Uint8Array) => {
    const { ETag } = await s3.send(new UploadPartCommand({ ...names, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = (Parts: object[]) =>
    s3.send(new CompleteMultipartUploadCommand({ ...names, MultipartUpload: { Parts } }));
  return { s3, names, send, complete };
}

/** Source: "Uploading and copying objects using multipart upload in Amazon S3". */
describe('uploads in parts', () => {
  it('become one object whose tag is that of the parts', async () => {
    const { s3, names, send, complete } = await begun();
    const bodies = [new Uint8Array(part).fill(1), new Uint8Array(10).fill(2)] as const;
    const second = await send(2, bodies[1]);
    const first = await send(1, bodies[0]);
    const { Parts = [] } = await s3.send(new ListPartsCommand(names));
    assert.deepEqual(
      Parts.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [
        [1, part],
        [2, 10],
      ],
    );
    const { ETag } = await complete([first, second]);
    const digest = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
    const whole = digest(Buffer.concat(bodies.map(digest))).toString('hex');
    assert.equal(ETag, `"${whole}-2"`);
    const got = await s3.send(new GetObjectCommand({ Bucket: names.Bucket, Key: names.Key }));
    assert.deepEqual([got.ContentLength, got.ContentType], [part + 10, 'text/plain']);
    assert.equal(await codeOf(complete([first])), 'NoSuchUpload');
  });

  it('are refused when the parts are not those that were sent', async () => {
    const { send, complete } = await begun();
    const parts = [await send(1, new Uint8Array(3)), await send(2, new Uint8Array(4))];
    assert.equal(await codeOf(complete([...parts].reverse())), 'InvalidPartOrder');
    assert.equal(await codeOf(complete([{ ...parts[0], ETag: 'other' }])), 'InvalidPart');
    assert.equal(await codeOf(complete(parts)), 'EntityTooSmall');
    assert.equal(await codeOf(send(0, new Uint8Array(1))), 'InvalidArgument');
  });

  it('leave nothing when they are aborted', async () => {
    const { s3, names } = await begun();
    const { Bucket } = names;
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    assert.deepEqual(
      Uploads.map(({ UploadId }) => UploadId),
      [names.UploadId],
    );
    await s3.send(new AbortMultipartUploadCommand(names));
    assert.equal((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
    assert.ok(!(await keysOf(s3, Bucket)).includes(names.Key));
  });
});
