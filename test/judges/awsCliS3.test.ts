import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsCli } from '../support/awsCli';
import { LoopbackCloud } from '../support/loopbackCloud';

describe('aws s3, s3api and kms against the practice cloud on loopback', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'practice-s3-'));
  const bucket = 'judged-by-the-cli';
  let cloud: LoopbackCloud;
  let cli: AwsCli;
  /** Splits a line at its spaces; resolves with the exit code and both streams in one text. */
  const type = async (line: string) => {
    const { status, stdout, stderr } = await cli.run(...line.split(' '));
    return { status, text: `${stdout}${stderr}` };
  };
  const shows = async (line: string) => {
    const { status, text } = await type(line);
    assert.equal(status, 0, `aws ${line}: ${text}`);
    return text;
  };

  before(async () => {
    cloud = await LoopbackCloud.start();
    cli = new AwsCli(cloud, cloud.account('consumer'));
    mkdirSync(join(folder, 'site/deep'), { recursive: true });
    writeFileSync(join(folder, 'site/a.txt'), 'a\n');
    writeFileSync(join(folder, 'site/deep/b.txt'), 'b\n');
  });

  after(async () => {
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  it('makes a bucket, copies an object in, around and out, and removes both', async () => {
    assert.equal(await shows(`s3 mb s3://${bucket}`), `make_bucket: ${bucket}\n`);
    await shows(`s3 cp ${folder}/site/a.txt s3://${bucket}/one.txt`);
    await shows(`s3 mv s3://${bucket}/one.txt s3://${bucket}/two.txt`);
    assert.match(await shows(`s3 ls s3://${bucket}`), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {10}2 two\.txt\n$/);
    await shows(`s3 cp s3://${bucket}/two.txt ${folder}/out.txt`);
    assert.equal(readFileSync(join(folder, 'out.txt'), 'utf8'), 'a\n');
    const full = await type(`s3 rb s3://${bucket}`);
    assert.equal(full.status, 1);
    assert.match(full.text, /remove_bucket failed: .*\(BucketNotEmpty\) when calling the DeleteBucket operation/);
    assert.equal(await shows(`s3 rm s3://${bucket}/two.txt`), `delete: s3://${bucket}/two.txt\n`);
    assert.equal(await shows(`s3 rb s3://${bucket}`), `remove_bucket: ${bucket}\n`);
  });

  it('syncs what is new and no more, and deletes what is gone when told to', async () => {
    await shows(`s3 mb s3://${bucket}-sync`);
    const sync = `s3 sync ${folder}/site s3://${bucket}-sync/site --no-progress`;
    assert.equal((await shows(sync)).match(/^upload: /gm)?.length, 2);
    assert.equal(await shows(sync), '');
    rmSync(join(folder, 'site/deep/b.txt'));
    assert.equal(await shows(`${sync} --delete`), `delete: s3://${bucket}-sync/site/deep/b.txt\n`);
    assert.match(await shows(`s3 rb s3://${bucket}-sync --force`), /remove_bucket: /);
  });

  it('is refused as S3 refuses', async () => {
    const mine = await cli.ask<string>('s3api', 'list-buckets', '--query', 'Buckets[0].Name');
    const theirs = await new AwsCli(cloud, cloud.account('provider')).ask<string>(
      ...['s3api', 'list-buckets', '--query', 'Buckets[0].Name'],
    );
    const refused = async (line: string, code: string, expectedStatus: number) => {
      const { status, text } = await type(line);
      assert.match(text, new RegExp(`An error occurred \\(${code}\\) when calling`));
      assert.equal(status, expectedStatus, text);
    };
    await refused('s3 ls s3://no-such-bucket-anywhere', 'NoSuchBucket', 254);
    await refused(`s3 cp s3://${mine}/missing.txt ${folder}/x`, '404', 1);
    await refused(`s3api get-object --bucket ${mine} --key missing.txt ${folder}/x`, 'NoSuchKey', 254);
    await refused(`s3api head-bucket --bucket ${theirs}`, '403', 254);
    await refused(`s3api list-objects-v2 --bucket ${theirs}`, 'AccessDenied', 254);
    await refused(`s3api get-bucket-policy --bucket ${mine}`, 'NoSuchBucketPolicy', 254);
    await refused('s3api create-bucket --bucket not..a-name', 'InvalidBucketName', 254);
  });

  it('encrypts and decrypts with a key of its own, and is refused with another', async () => {
    const keyId = await cli.ask<string>('kms', 'create-key', '--query', 'KeyMetadata.KeyId');
    writeFileSync(join(folder, 'plain'), 'secret');
    const cipher = await cli.ask<string>(
      ...['kms', 'encrypt', '--key-id', keyId, '--plaintext', `fileb://${folder}/plain`, '--query', 'CiphertextBlob'],
    );
    writeFileSync(join(folder, 'cipher'), Buffer.from(cipher, 'base64'));
    const decrypt = ['kms', 'decrypt', '--ciphertext-blob', `fileb://${folder}/cipher`] as const;
    const plain = await cli.ask<string>(...decrypt, '--query', 'Plaintext');
    assert.equal(Buffer.from(plain, 'base64').toString(), 'secret');
    const other = await cli.ask<string>('kms', 'create-key', '--query', 'KeyMetadata.KeyId');
    assert.equal(await cli.refusal(...decrypt, '--key-id', other), 'IncorrectKeyException');
    await cli.ask('kms', 'disable-key', '--key-id', keyId);
    assert.equal(await cli.refusal(...decrypt), 'DisabledException');
    assert.equal(
      await cli.refusal('kms', 'describe-key', '--key-id', '1234abcd-12ab-34cd-56ef-1234567890ab'),
      'NotFoundException',
    );
  });
});
