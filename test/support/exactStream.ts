import { encodeBase64 } from '../../src/base/base64';

/** Bytes as base64(1) writes them: 76 characters a line. */
export function base64Lines(bytes: Uint8Array): string[] {
  return encodeBase64(bytes).match(/.{1,76}/g) ?? [];
}
