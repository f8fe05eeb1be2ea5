import { createHash, createHmac } from 'node:crypto';
import { nodeAesGcm } from '../ssm/node/nodeAesGcm';
import type { Digests } from './digests';
import { nodeKeyPairs } from './node/nodeKeyPairs';
import { nodeSshCiphers } from './node/nodeSshCiphers';

/** Digests for entries that run on Node. */
export const nodeDigests: Digests = {
  aesGcm: nodeAesGcm,
  md5: bytes => new Uint8Array(createHash('md5').update(bytes).digest()),
  keyPairs: nodeKeyPairs,
  sha1: bytes => new Uint8Array(createHash('sha1').update(bytes).digest()),
  sha256: bytes => new Uint8Array(createHash('sha256').update(bytes).digest()),
  hmacSha256: (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
  ssh: nodeSshCiphers,
};
