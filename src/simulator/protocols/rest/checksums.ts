/** Digests of bodies that S3 checks ("Checking object integrity for data uploads in Amazon S3"). */
import { Crc32cJs, Crc64NvmeJs } from '@aws-sdk/checksums/crc';
import { Sha1Js } from '@aws-sdk/checksums/sha';
import { Crc32Js, Sha256Js } from '@smithy/core/checksum';
import { toBase64 } from '@smithy/core/serde';

interface Digest {
  update(bytes: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}

const makers: Readonly<Record<string, () => Digest>> = {
  CRC32: () => new Crc32Js(),
  CRC32C: () => new Crc32cJs(),
  CRC64NVME: () => new Crc64NvmeJs(),
  SHA1: () => new Sha1Js(),
  SHA256: () => new Sha256Js(),
};

/** As in `x-amz-sdk-checksum-algorithm`. */
export const checksumAlgorithms: readonly string[] = Object.keys(makers);

/** The header that carries a checksum. */
export function checksumHeader(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** A body's checksum in base64; rejects with a RangeError for an algorithm that is none of the known ones. */
export async function checksumOf(algorithm: string, body: Uint8Array): Promise<string> {
  const make = Object.hasOwn(makers, algorithm) ? makers[algorithm] : undefined;
  if (!make) throw new RangeError(`There is no checksum ${algorithm}`);
  const digest = make();
  digest.update(body);
  return toBase64(await digest.digest());
}
