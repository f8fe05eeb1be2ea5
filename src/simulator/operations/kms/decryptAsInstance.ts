import type { DataKeyRequest } from '../../agent/sessionService';
import type { Call } from '../../call';
import type { Kms } from '../../protocols/wireTypes';
import type { World } from '../../world/world';

export interface DecryptionPlace {
  readonly world: World;
  readonly desk: { perform(call: Call): Promise<object> };
}

/** kms:Decrypt with the credentials of an instance's role; rejects with what the service says, and with an Error for an instance without a role. */
export async function decryptAsInstance(
  { world, desk }: DecryptionPlace,
  request: DataKeyRequest,
): Promise<Uint8Array> {
  const { place, instanceId, keyId, ciphertextBlob, encryptionContext } = request;
  const credentials = world.roleCredentials(place, instanceId);
  const keys = credentials && world.issuedKeys(credentials.accessKeyId);
  if (!keys) throw new Error(`${instanceId} has no role whose credentials could be used for kms:Decrypt`);
  const input: Kms.DecryptRequest = {
    CiphertextBlob: ciphertextBlob,
    EncryptionContext: { ...encryptionContext },
    KeyId: keyId,
  };
  const call = {
    caller: keys.principal,
    region: place.region,
    service: 'kms',
    operation: 'Decrypt',
    input,
    via: undefined,
  };
  const { Plaintext } = (await desk.perform(call)) as Kms.DecryptResponse;
  if (!Plaintext) throw new Error('kms:Decrypt answered without a plaintext');
  return Plaintext;
}
