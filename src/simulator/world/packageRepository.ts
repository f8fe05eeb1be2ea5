/** The Amazon Linux 2023 package repository of a region: a bucket that everybody may read ("Amazon Linux 2023 User Guide: Package repositories"). */
import type { WireResponse } from '../../core/ports/wire';
import { Chance } from '../chance';
import { packageFileName, packages } from './packages';

/** The release that instances run and whose repository they use. */
export const amazonLinuxRelease = '2023.9.20261020';

const metadataBytes = 340 * 1024;
const text = new TextEncoder();

export function repositoryBucket(region: string): string {
  return `al2023-repos-${region}-de612dc2`;
}

/** The region whose repository a request's host names, by any of its names in S3; undefined for other hosts. */
export function repositoryRegionOf(host: string): string | undefined {
  const [, region, same] =
    /^al2023-repos-([a-z0-9-]+)-de612dc2\.s3(?:\.dualstack)?\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host.toLowerCase()) ??
    [];
  return region !== undefined && region === same ? region : undefined;
}

function releaseGuid(region: string): string {
  return new Chance(`repository ${region} ${amazonLinuxRelease}`).hex(64);
}

/** The address of a repository's files, below which metadata and packages lie. */
export function repositoryBase(host: string, region: string): string {
  return `https://${host}/core/guids/${releaseGuid(region)}/x86_64`;
}

/** Answers a GET or HEAD; S3's own words for a key that is not there. */
export function repositoryAnswer(host: string, region: string, path: string): WireResponse {
  const content = contentOf(host, region, path);
  if (!content) return denied(path);
  return {
    status: 200,
    headers: { server: 'AmazonS3', 'accept-ranges': 'bytes', 'content-type': content.type },
    body: content.body,
  };
}

interface RepositoryContent {
  readonly type: string;
  readonly body: Uint8Array;
}

function contentOf(host: string, region: string, path: string): RepositoryContent | undefined {
  const root = `/core/guids/${releaseGuid(region)}/x86_64/`;
  if (path === `/core/mirrors/${amazonLinuxRelease}/x86_64/mirror.list`)
    return { type: 'text/plain', body: text.encode(`${repositoryBase(host, region)}/\n`) };
  if (path === `${root}repodata/repomd.xml`) return { type: 'text/xml', body: text.encode(metadataIndex) };
  if (path === `${root}repodata/primary.xml.gz`) return { type: 'application/gzip', body: fill(path, metadataBytes) };
  const found = packages.find(one => path === `${root}Packages/${packageFileName(one)}`);
  return found && { type: 'application/x-rpm', body: fill(path, found.downloadBytes) };
}

const metadataIndex = `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo">
  <revision>${amazonLinuxRelease}</revision>
  <data type="primary">
    <location href="repodata/primary.xml.gz"/>
    <size>${metadataBytes}</size>
  </data>
</repomd>
`;

/** Bytes that follow from the name, so that the same file is the same everywhere. */
function fill(name: string, lengthBytes: number): Uint8Array {
  const block = new Chance(name).bytes(4096);
  const bytes = new Uint8Array(lengthBytes);
  for (let offset = 0; offset < lengthBytes; offset += block.length)
    bytes.set(block.subarray(0, lengthBytes - offset), offset);
  return bytes;
}

/** A bucket that may be read but not listed answers 403 for a missing key ("Amazon S3 API reference: GetObject"). */
export function denied(path: string): WireResponse {
  const requestId = new Chance(path).hex(16).toUpperCase();
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>${requestId}</RequestId></Error>`;
  return { status: 403, headers: { server: 'AmazonS3', 'content-type': 'application/xml' }, body: text.encode(body) };
}
