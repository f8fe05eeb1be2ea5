import { ServiceFault } from '../../protocols/serviceFault';

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The part of a body that a `Range` header asks for (RFC 9110 §14.2); undefined for the whole: without the header, for one that is no byte
 * range, and for several ranges, which S3 does not serve. Throws InvalidRange when nothing of the body is asked for.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const range =
    first === ''
      ? { first: Math.max(0, size - Number(last)), last: size - 1 }
      : { first: Number(first), last: Math.min(size - 1, last === '' ? size - 1 : Number(last)) };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (range.first <= range.last) return range;
  throw new ServiceFault('InvalidRange', 'The requested range is not satisfiable', 416, {
    RangeRequested: header,
    ActualObjectSize: size,
  });
}

/** As in `Content-Range`. */
export function contentRange({ first, last }: ByteRange, size: number): string {
  return `bytes ${first}-${last}/${size}`;
}
