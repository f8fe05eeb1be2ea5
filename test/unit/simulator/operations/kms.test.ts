import assert from 'node:assert/strict';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const dayMs = 24 * 3_600_000;
const text = new TextEncoder().encode('practice');

/** A cloud with one key of the consumer's. */
async function withKey() {
  const test = startTestCloud('default-vpc');
  const { kms } = test.clients();
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'sessions' }));
  assert.ok(KeyMetadata?.KeyId && KeyMetadata.Arn);
  return { ...test, kms, keyId: KeyMetadata.KeyId, arn: KeyMetadata.Arn };
}

async function encrypted(
  kms: KMSClient,
  KeyId: string,
  EncryptionContext?: Record<string, string>,
): Promise<Uint8Array> {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: text, EncryptionContext }));
  assert.ok(CiphertextBlob);
  return CiphertextBlob;
}

describe('keys of AWS KMS', () => {
  it('are made, described and listed', async () => {
    const { kms, keyId, arn } = await withKey();
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: arn }));
    assert.equal(arn, `arn:aws:kms:ap-south-1:444455556666:key/${keyId}`);
    assert.deepEqual(
      [KeyMetadata?.KeyId, KeyMetadata?.Enabled, KeyMetadata?.KeySpec, KeyMetadata?.Description],
      [keyId, true, 'SYMMETRIC_DEFAULT', 'sessions'],
    );
    const { Keys } = await kms.send(new ListKeysCommand({}));
    assert.deepEqual(Keys, [{ KeyId: keyId, KeyArn: arn }]);
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }));
    assert.match(Policy ?? '', /arn:aws:iam::444455556666:root/);
  });

  it('are found by id, ARN, alias and the ARN of an alias', async () => {
    const { kms, keyId, arn } = await withKey();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/sessions', TargetKeyId: keyId }));
    const aliasArn = arn.replace(`key/${keyId}`, 'alias/sessions');
    for (const KeyId of [keyId, arn, 'alias/sessions', aliasArn])
      assert.equal((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Arn, arn);
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: keyId }));
    assert.deepEqual(
      Aliases?.map(({ AliasArn }) => AliasArn),
      [aliasArn],
    );
    const again = new CreateAliasCommand({ AliasName: 'alias/sessions', TargetKeyId: keyId });
    assert.equal(await codeOf(kms.send(again)), 'AlreadyExistsException');
    const other = await kms.send(new CreateKeyCommand({}));
    await kms.send(new UpdateAliasCommand({ AliasName: 'alias/sessions', TargetKeyId: other.KeyMetadata?.KeyId }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/sessions' }));
    assert.equal(KeyMetadata?.KeyId, other.KeyMetadata?.KeyId);
  });

  it('that do not exist are refused with their ARN', async () => {
    const { kms } = await withKey();
    const describe = (KeyId: string) => refusalOf(kms.send(new DescribeKeyCommand({ KeyId })));
    const missing = '01234567-89ab-4def-8123-456789abcdef';
    const { code, message, status } = await describe(missing);
    assert.deepEqual([code, status], ['NotFoundException', 400]);
    assert.equal(message, `Key 'arn:aws:kms:ap-south-1:444455556666:key/${missing}' does not exist`);
    const alias = await describe('alias/none');
    assert.equal(alias.message, 'Alias arn:aws:kms:ap-south-1:444455556666:alias/none is not found.');
    assert.equal((await describe('nonsense')).code, 'NotFoundException');
    assert.equal((await describe(`arn:aws:kms:eu-west-1:444455556666:key/${missing}`)).code, 'NotFoundException');
  });

  it('do nothing while they are disabled or wait for their end', async () => {
    const { kms, keyId, timeline } = await withKey();
    const blob = await encrypted(kms, keyId);
    const decrypt = () => codeOf(kms.send(new DecryptCommand({ CiphertextBlob: blob })));
    await kms.send(new DisableKeyCommand({ KeyId: keyId }));
    assert.equal(await decrypt(), 'DisabledException');
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyId, PendingWindowInDays: 7 }));
    assert.equal(await decrypt(), 'KMSInvalidStateException');
    await kms.send(new CancelKeyDeletionCommand({ KeyId: keyId }));
    timeline.advanceTo(timeline.now() + 5 * 60_000);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyId, PendingWindowInDays: 8 }));
    const short = new ScheduleKeyDeletionCommand({ KeyId: keyId, PendingWindowInDays: 3 });
    assert.equal(await codeOf(kms.send(short)), 'ValidationException');
  });

  it('are gone with their aliases when the waiting period is over', async () => {
    const { cloud, kms, keyId, timeline } = await withKey();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/sessions', TargetKeyId: keyId }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyId, PendingWindowInDays: 7 }));
    timeline.advanceTo(timeline.now() + 7 * dayMs);
    const regions = [...cloud.world.regions];
    assert.ok(regions.every(({ kmsKeys, kmsAliases }) => kmsKeys.size + kmsAliases.size === 0));
  });
});

/** Source: "AWS Key Management Service API Reference" and "Encryption context" in the developer guide. */
describe('encryption by AWS KMS', () => {
  it('gives back what it was given, with and without naming the key', async () => {
    const { kms, keyId, arn } = await withKey();
    const CiphertextBlob = await encrypted(kms, keyId);
    for (const KeyId of [undefined, keyId, arn]) {
      const opened = await kms.send(new DecryptCommand({ CiphertextBlob, KeyId }));
      assert.deepEqual([opened.KeyId, Buffer.from(opened.Plaintext ?? [])], [arn, Buffer.from(text)]);
    }
    const other = await kms.send(new CreateKeyCommand({}));
    const wrong = new DecryptCommand({ CiphertextBlob, KeyId: other.KeyMetadata?.KeyId });
    assert.equal(await codeOf(kms.send(wrong)), 'IncorrectKeyException');
  });

  it('binds the encryption context, whatever its order, and every byte', async () => {
    const { kms, keyId } = await withKey();
    const dictionary = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.string({ maxLength: 4 }), {
      noNullPrototype: true,
      maxKeys: 4,
    });
    await fc.assert(
      fc.asyncProperty(dictionary, dictionary, fc.nat(), async (about, other, at) => {
        const CiphertextBlob = await encrypted(kms, keyId, about);
        const reversed = Object.fromEntries(Object.entries(about).reverse());
        await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: reversed }));
        const isSame = JSON.stringify(Object.entries(about).sort()) === JSON.stringify(Object.entries(other).sort());
        const wrong = kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: other }));
        if (isSame) await wrong;
        else assert.equal(await codeOf(wrong), 'InvalidCiphertextException');
        const changed = Uint8Array.from(CiphertextBlob);
        changed[at % changed.length] = (changed[at % changed.length] as number) ^ 1;
        const broken = await codeOf(
          kms.send(new DecryptCommand({ CiphertextBlob: changed, EncryptionContext: about })),
        );
        assert.match(broken, /^(InvalidCiphertextException|AccessDeniedException)$/);
      }),
      { numRuns: 8 },
    );
  });

  it('makes data keys of the length that is asked for', async () => {
    const { kms, keyId } = await withKey();
    const EncryptionContext = { 'aws:ssm:SessionId': 'consumer-1' };
    const key = await kms.send(new GenerateDataKeyCommand({ KeyId: keyId, NumberOfBytes: 64, EncryptionContext }));
    assert.equal(key.Plaintext?.length, 64);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: key.CiphertextBlob, EncryptionContext }));
    assert.deepEqual(Buffer.from(opened.Plaintext ?? []), Buffer.from(key.Plaintext ?? []));
    const bare = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: keyId, KeySpec: 'AES_256' }));
    assert.ok(bare.CiphertextBlob && !('Plaintext' in bare));
    const code = (parameters: object) => codeOf(kms.send(new GenerateDataKeyCommand({ KeyId: keyId, ...parameters })));
    assert.equal(await code({}), 'ValidationException');
    assert.equal(await code({ KeySpec: 'AES_256', NumberOfBytes: 32 }), 'ValidationException');
    assert.equal(await code({ NumberOfBytes: 1025 }), 'ValidationException');
    assert.equal(await code({ KeySpec: 'AES_128', DryRun: true }), 'DryRunOperationException');
  });

  it('moves a ciphertext from one key to another', async () => {
    const { kms, keyId } = await withKey();
    const other = await kms.send(new CreateKeyCommand({}));
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: await encrypted(kms, keyId, { a: '1' }),
        SourceEncryptionContext: { a: '1' },
        DestinationKeyId: other.KeyMetadata?.KeyId,
      }),
    );
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }));
    assert.equal(opened.KeyId, other.KeyMetadata?.Arn);
  });

  it('is for the account and the Region of the key', async () => {
    const { kms, keyId, arn, cloud } = await withKey();
    const CiphertextBlob = await encrypted(kms, keyId);
    const provider = clientsOf(cloud, 0).kms;
    assert.equal(await codeOf(provider.send(new DecryptCommand({ CiphertextBlob }))), 'AccessDeniedException');
    assert.equal(await codeOf(provider.send(new DescribeKeyCommand({ KeyId: arn }))), 'AccessDeniedException');
    const elsewhere = clientsOf(cloud, 1, { region: 'eu-west-1' }).kms;
    assert.equal(await codeOf(elsewhere.send(new DecryptCommand({ CiphertextBlob }))), 'AccessDeniedException');
  });

  it('uses the key of a service of AWS without anybody having made it', async () => {
    const { kms } = await withKey();
    const CiphertextBlob = await encrypted(kms, 'alias/aws/ssm');
    const { KeyId = '' } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    assert.equal(KeyMetadata?.KeyManager, 'AWS');
    assert.equal(await codeOf(kms.send(new DisableKeyCommand({ KeyId }))), 'AccessDeniedException');
  });
});
