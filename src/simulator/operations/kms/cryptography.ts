import { ServiceFault } from '../../protocols/serviceFault';
import type { Kms } from '../../protocols/wireTypes';
import type { KmsKey } from '../../world/kmsKeys';
import type { CallContext, OperationTable } from '../operation';
import { type EncryptionContext, nonceBytes, open, readCiphertext, seal } from './ciphertext';
import { findKey } from './keyLookup';
import { checkUsable, constraint, invalid, refuseDryRun, refuseMembers } from './kmsFaults';

const algorithm = 'SYMMETRIC_DEFAULT';
const mostPlaintextBytes = 4096;
const mostCiphertextBytes = 6144;
const mostDataBytes = 1024;
const keySpecBytes: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };
const unsimulated = ['GrantTokens', 'Recipient', 'DryRunModifiers'];

function usableKey(context: CallContext, keyId: string | undefined): KmsKey {
  const key = findKey(context, keyId, { takesAliases: true });
  checkUsable(key);
  return key;
}

function checkAlgorithm(name: string | undefined): void {
  if (name !== undefined && name !== algorithm)
    throw new ServiceFault('InvalidKeyUsageException', `You cannot use the algorithm ${name} with a symmetric key.`);
}

function sealed(context: CallContext, key: KmsKey, plaintext: Uint8Array, about: EncryptionContext): Uint8Array {
  const nonce = context.region.chanceFor('kms/nonce').bytes(nonceBytes);
  return seal(key, plaintext, about, { nonce, digests: context.digests });
}

function dataKeyBytes({ KeySpec, NumberOfBytes }: Kms.GenerateDataKeyRequest): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw invalid('Please specify either number of bytes or key spec.');
  if (KeySpec !== undefined) {
    const length = Object.hasOwn(keySpecBytes, KeySpec) ? keySpecBytes[KeySpec] : undefined;
    if (length === undefined) throw constraint('keySpec', KeySpec, 'satisfy enum value set: [AES_256, AES_128]');
    return length;
  }
  return checkedBytes(NumberOfBytes ?? 0);
}

function checkedBytes(count: number): number {
  if (count < 1) throw constraint('numberOfBytes', count, 'value greater than or equal to 1');
  if (count > mostDataBytes) throw constraint('numberOfBytes', count, `value less than or equal to ${mostDataBytes}`);
  return count;
}

/** The plaintext follows from the world's seed, so that a journal makes the same one again. */
function generateDataKey(input: Kms.GenerateDataKeyRequest, context: CallContext): Kms.GenerateDataKeyResponse {
  refuseMembers(input, unsimulated);
  const length = dataKeyBytes(input);
  const key = usableKey(context, input.KeyId);
  refuseDryRun(input);
  const Plaintext = context.region.chanceFor('kms/data key').bytes(length);
  const CiphertextBlob = sealed(context, key, Plaintext, input.EncryptionContext ?? {});
  return { CiphertextBlob, Plaintext, KeyId: key.arn };
}

function generateDataKeyWithoutPlaintext(
  input: Kms.GenerateDataKeyWithoutPlaintextRequest,
  context: CallContext,
): Kms.GenerateDataKeyWithoutPlaintextResponse {
  const { Plaintext, ...rest } = generateDataKey(input, context);
  return rest;
}

function generateRandom(input: Kms.GenerateRandomRequest, context: CallContext): Kms.GenerateRandomResponse {
  refuseMembers(input, ['CustomKeyStoreId', 'Recipient']);
  if (input.NumberOfBytes === undefined) throw invalid('NumberOfBytes must not be null');
  return { Plaintext: context.region.chanceFor('kms/random').bytes(checkedBytes(input.NumberOfBytes)) };
}

function encrypt(input: Kms.EncryptRequest, context: CallContext): Kms.EncryptResponse {
  refuseMembers(input, unsimulated);
  const { Plaintext: plaintext = new Uint8Array(), EncryptionContext: about = {} } = input;
  if (plaintext.length < 1 || plaintext.length > mostPlaintextBytes)
    throw invalid(
      `1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length ${plaintext.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${mostPlaintextBytes}`}`,
    );
  const key = usableKey(context, input.KeyId);
  checkAlgorithm(input.EncryptionAlgorithm);
  refuseDryRun(input);
  return {
    CiphertextBlob: sealed(context, key, plaintext, about),
    KeyId: key.arn,
    EncryptionAlgorithm: algorithm,
  };
}

function decrypt(input: Kms.DecryptRequest, context: CallContext): Kms.DecryptResponse {
  refuseMembers(input, unsimulated);
  const { CiphertextBlob: blob = new Uint8Array(), EncryptionContext: about = {} } = input;
  if (blob.length > mostCiphertextBytes)
    throw invalid(
      `1 validation error detected: Value at 'ciphertextBlob' failed to satisfy constraint: Member must have length less than or equal to ${mostCiphertextBytes}`,
    );
  checkAlgorithm(input.EncryptionAlgorithm);
  const opened = openBlob(context, blob, about, input.KeyId);
  refuseDryRun(input);
  return { KeyId: opened.key.arn, Plaintext: opened.plaintext, EncryptionAlgorithm: algorithm };
}

interface Opened {
  readonly key: KmsKey;
  readonly plaintext: Uint8Array;
}

/** The ciphertext names its key; a key that the caller names must be that one. */
function openBlob(context: CallContext, blob: Uint8Array, about: EncryptionContext, keyId: string | undefined): Opened {
  const parts = readCiphertext(blob);
  if (!parts) throw invalidCiphertext();
  const named = keyId === undefined ? undefined : findKey(context, keyId, { takesAliases: true });
  if (named && named.id !== parts.keyId)
    throw new ServiceFault(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  const key = context.region.kmsKeys.get(parts.keyId);
  if (!key) throw foreignCiphertext(context);
  checkUsable(key);
  const plaintext = open(key, parts, about, context.digests);
  if (!plaintext) throw invalidCiphertext();
  return { key, plaintext };
}

/** KMS says no more, so that nobody can guess. */
function invalidCiphertext(): ServiceFault {
  return new ServiceFault('InvalidCiphertextException', '');
}

function foreignCiphertext({ caller }: CallContext): ServiceFault {
  return new ServiceFault(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}

function reEncrypt(input: Kms.ReEncryptRequest, context: CallContext): Kms.ReEncryptResponse {
  refuseMembers(input, unsimulated);
  const { CiphertextBlob: blob = new Uint8Array(), SourceEncryptionContext, DestinationEncryptionContext } = input;
  const source = openBlob(context, blob, SourceEncryptionContext ?? {}, input.SourceKeyId);
  const target = usableKey(context, input.DestinationKeyId);
  refuseDryRun(input);
  return {
    CiphertextBlob: sealed(context, target, source.plaintext, DestinationEncryptionContext ?? {}),
    SourceKeyId: source.key.arn,
    KeyId: target.arn,
    SourceEncryptionAlgorithm: algorithm,
    DestinationEncryptionAlgorithm: algorithm,
  };
}

export const cryptographicOperations: OperationTable = {
  Decrypt: decrypt,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GenerateRandom: generateRandom,
  ReEncrypt: reEncrypt,
};
