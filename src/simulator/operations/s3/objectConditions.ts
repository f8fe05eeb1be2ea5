import { ServiceFault } from '../../protocols/serviceFault';
import type { StoredObject } from '../../world/buckets';
import { noSuchKey, preconditionFailed } from './s3Faults';

/** Under which an object is read ("Conditional requests": RFC 9110 §13). */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** Entity tags stand in quotes or without. */
function matches(condition: string, etag: string): boolean {
  return condition.split(',').some(part => ['*', etag].includes(part.trim().replace(/^"|"$/g, '')));
}

/** Throws PreconditionFailed, or a fault with status 304 for what the client has already. */
export function checkReadConditions(object: StoredObject, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modifiedAtMs = wholeSecond(object.modifiedAtMs);
  if (IfMatch !== undefined && !matches(IfMatch, object.etag)) throw preconditionFailed('If-Match');
  if (IfMatch === undefined && IfUnmodifiedSince && modifiedAtMs > IfUnmodifiedSince.getTime())
    throw preconditionFailed('If-Unmodified-Since');
  if (IfNoneMatch !== undefined && matches(IfNoneMatch, object.etag)) throw notModified(object);
  if (IfNoneMatch === undefined && IfModifiedSince && modifiedAtMs <= IfModifiedSince.getTime())
    throw notModified(object);
}

function wholeSecond(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}

function notModified({ etag, modifiedAtMs }: StoredObject): ServiceFault {
  const headers = { etag: `"${etag}"`, 'last-modified': new Date(modifiedAtMs).toUTCString() };
  return new ServiceFault('NotModified', 'Not Modified', 304, {}, headers);
}

/** "How to prevent object overwrites with conditional writes": no object under the key, or the one that is known. */
export function checkWriteConditions(
  key: string,
  existing: StoredObject | undefined,
  { IfMatch, IfNoneMatch }: WriteConditions,
): void {
  if (IfNoneMatch !== undefined && existing) throw preconditionFailed('If-None-Match');
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}
