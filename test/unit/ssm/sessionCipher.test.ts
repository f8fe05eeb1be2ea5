import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodeAesGcm } from '../../../src/ssm/node/nodeAesGcm';
import { SessionCipher } from '../../../src/ssm/sessionCipher';
import { encryptionVectors, fromHex, toHex } from '../../support/ssmVectors';

const dataKey = fromHex(encryptionVectors.dataKeyPlaintextHex);
const cipherOf = (side: 'agent' | 'client', nonceHex = '00'.repeat(12)) =>
  new SessionCipher({ aesGcm: nodeAesGcm, dataKey, side, randomBytes: () => fromHex(nonceHex) });

describe('the cipher of an encrypted session (vectors of the official client)', () => {
  const { agentEncrypted, clientEncrypted } = encryptionVectors;

  it('encrypts as the agent does, byte for byte', () => {
    const cipher = cipherOf('agent', agentEncrypted.wireHex.slice(0, 24));
    assert.equal(toHex(cipher.encrypt(fromHex(agentEncrypted.plaintextHex))), agentEncrypted.wireHex);
  });

  it('encrypts as the client does, byte for byte', () => {
    const cipher = cipherOf('client', clientEncrypted.wireHex.slice(0, 24));
    assert.equal(toHex(cipher.encrypt(fromHex(clientEncrypted.plaintextHex))), clientEncrypted.wireHex);
  });

  it('decrypts what the other end encrypted, with 28 bytes more on the wire', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 1_100 }),
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        (text, nonce) => {
          const payload = cipherOf('agent', toHex(nonce)).encrypt(text);
          assert.equal(payload.length, text.length + 28);
          assert.deepEqual(cipherOf('client').decrypt(payload), text);
        },
      ),
    );
  });

  it('takes nothing that was changed, cut or encrypted for the other direction', () => {
    const payload = cipherOf('agent').encrypt(Uint8Array.of(1, 2, 3));
    const changed = payload.slice();
    changed[13]! ^= 1;
    assert.equal(cipherOf('client').decrypt(changed), undefined);
    assert.equal(cipherOf('agent').decrypt(payload), undefined);
    for (let length = 0; length < payload.length; length++)
      assert.equal(cipherOf('client').decrypt(payload.slice(0, length)), undefined);
  });

  it('refuses a data key of another length', () => {
    const options = { aesGcm: nodeAesGcm, side: 'agent' as const, randomBytes: () => new Uint8Array(12) };
    assert.throws(() => new SessionCipher({ ...options, dataKey: new Uint8Array(32) }), RangeError);
  });
});
