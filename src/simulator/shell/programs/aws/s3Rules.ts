/** What botocore adds to S3's own rules (boto/botocore:botocore/handlers.py, botocore/utils.py: S3RegionRedirectorv2). */
import type { WireResponse } from '../../../../core/ports/wire';
import type { OperationModel, ServiceError } from '../../../protocols/clientCodec';
import { CommandLineError } from './failures';
import { isObject, membersOf } from './shapes';

type Members = Readonly<Record<string, unknown>>;

const bucketName = '^[a-zA-Z0-9.\\-_]{1,255}$';
const accessPoint =
  '^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$';

/** Throws {@link CommandLineError} for a name that no bucket can have. */
export function checkBucketName({ service }: OperationModel, { Bucket: bucket }: Members): void {
  if (service.name !== 's3' || typeof bucket !== 'string') return;
  if (new RegExp(bucketName).test(bucket) || new RegExp(accessPoint).test(bucket)) return;
  throw new CommandLineError(
    `Parameter validation failed:\nInvalid bucket name "${bucket}": Bucket name must match the regex "${bucketName}" or be an ARN matching the regex "${accessPoint}"`,
  );
}

/** Listings ask for names in percent-encoding, so that XML can hold them. */
export function withUrlEncoding({ service, input }: OperationModel, given: Members): Members {
  if (service.name !== 's3' || 'EncodingType' in given || !membersOf(input).has('EncodingType')) return given;
  return { ...given, EncodingType: 'url' };
}

const encodedNames = ['Key', 'Prefix', 'Delimiter', 'Marker', 'NextMarker', 'StartAfter', 'KeyMarker', 'NextKeyMarker'];

/** Undoes it in the answer. */
export function withoutUrlEncoding(output: Members): Members {
  return output.EncodingType === 'url' ? (decodeNames(output) as Members) : output;
}

function decodeNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeNames);
  if (!isObject(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const isEncoded = encodedNames.includes(name) && typeof item === 'string';
      return [name, isEncoded ? decodeURIComponent(item.replaceAll('+', ' ')) : decodeNames(item)];
    }),
  );
}

/** A bucket in the path has no slash behind it where nothing follows. */
export function barePath({ service }: OperationModel, given: Members, path: string): string {
  return service.name === 's3' && !('Key' in given) ? path.replace(/(.)\/$/, '$1') : path;
}

/** The query in the CLI's order: what the operation itself brings, then parameters as they were given. */
export function orderedQuery({ input }: OperationModel, given: Members, query: string): string {
  const names = Object.keys(given).map(member => membersOf(input).get(member)?.getMergedTraits().httpQuery);
  const placeOf = (pair: string) => names.indexOf(decodeURIComponent(pair.split('=')[0] ?? ''));
  const pairs = query.split('&').filter(pair => pair !== '' && !pair.startsWith('x-id='));
  return pairs
    .map(pair => (placeOf(pair) < 0 ? pair.replace(/=$/, '') : pair))
    .sort((a, b) => placeOf(a) - placeOf(b))
    .join('&');
}

/** The region that a bucket lives in, when a refusal says that it was looked for in another. */
export function otherRegion(refusal: ServiceError, response: WireResponse, used: string): string | undefined {
  const isRedirect =
    [301, 302, 307].includes(response.status) ||
    refusal.code === 'PermanentRedirect' ||
    refusal.code === 'AuthorizationHeaderMalformed' ||
    (refusal.code === '400' && response.body.length === 0);
  const region = response.headers['x-amz-bucket-region'];
  return isRedirect && region !== used ? region : undefined;
}
