/** What a client of S3 adds to the SDK's serialisers: where the bucket goes, digests of bodies, bodies as bytes. */
import type { OperationSchema, StaticStructureSchema } from '@smithy/types';
import type { WireRequest } from '../../../core/ports/wire';
import type { OperationModel } from '../serviceModels';
import { checksumAlgorithms, checksumHeader, checksumOf } from './checksums';

/** Names that may stand in front of the service's own ("Virtual hosting of general purpose buckets"). */
const hostable = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** The URL of a bucket: in front of the service's own name; behind an address that the user gave, or when it fits in no host name. */
export function bucketUrl(service: URL, input: unknown, isGivenAddress: boolean): URL {
  const { Bucket: bucket } = input as { readonly Bucket?: unknown };
  const url = new URL(service);
  if (typeof bucket !== 'string' || bucket === '') return url;
  if (hostable.test(bucket) && !isGivenAddress) url.hostname = `${bucket}.${url.hostname}`;
  else url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(bucket)}`;
  return url;
}

/**
 * Puts the body's checksum into the headers of operations that take one: by the algorithm that the input names, else CRC-32 ("Checking object
 * integrity for data uploads in Amazon S3"). One that the input brings along stays alone.
 */
export async function withChecksum(operation: OperationModel, request: WireRequest): Promise<WireRequest> {
  const { httpChecksum } = operation.schema.traits as { readonly httpChecksum?: unknown };
  const { method, headers, body } = request;
  const isGiven = checksumAlgorithms.some(algorithm => checksumHeader(algorithm) in headers);
  if (httpChecksum === undefined || isGiven || !['PUT', 'POST'].includes(method)) return request;
  const named = headers['x-amz-sdk-checksum-algorithm'] ?? 'CRC32';
  if (!checksumAlgorithms.includes(named)) return request;
  const checksum = { 'x-amz-sdk-checksum-algorithm': named, [checksumHeader(named)]: await checksumOf(named, body) };
  return { ...request, headers: { ...headers, ...checksum } };
}

/** How the schemas spell a blob that comes as a whole, and one that is streamed. */
const blob = 21;
const streamingBlob = 42;

/** The same operation with bodies read as a whole where the SDK would hand out a stream. */
export function withWholeBodies(schema: OperationSchema): OperationSchema {
  const output: unknown = resolved(schema.output);
  if (!isStructure(output)) return schema;
  const members = output[5].map(member => (isStreamed(member) ? [blob, member[1]] : member));
  return {
    ...schema,
    output: [...output.slice(0, 5), members, ...output.slice(6)] as unknown as StaticStructureSchema,
  };
}

/** Schemas refer to each other through functions. */
function resolved(reference: unknown): unknown {
  return typeof reference === 'function' ? reference() : reference;
}

/** `[3, namespace, name, traits, member names, member schemas, …]` */
function isStructure(schema: unknown): schema is readonly unknown[] & { readonly 5: readonly unknown[] } {
  return Array.isArray(schema) && schema[0] === 3 && Array.isArray(schema[5]);
}

/** A member is `[schema, traits]`, a simple type `[0, namespace, name, traits, kind]`. */
function isStreamed(member: unknown): member is readonly [unknown, unknown] {
  if (!Array.isArray(member)) return false;
  const target = resolved(member[0]);
  return Array.isArray(target) && target[0] === 0 && target[4] === streamingBlob;
}
