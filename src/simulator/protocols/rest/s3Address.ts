import type { WireRequest } from '../../../core/ports/wire';
import { ServiceFault } from '../serviceFault';

/** What a request to S3 points at ("Virtual hosting of general purpose buckets", "AWS PrivateLink for Amazon S3"). */
export interface S3Address {
  readonly bucket: string | undefined;
  /** Decoded; undefined for the bucket itself. */
  readonly key: string | undefined;
  /** Of the endpoint that the host names; undefined on loopback, and for the global name with a bucket in front, which leads to the bucket wherever it is. */
  readonly region: string | undefined;
  readonly isVirtualHost: boolean;
}

interface HostReading {
  readonly bucket: string | undefined;
  readonly region: string | undefined;
}

const regionForm = '[a-z]{2}(?:-[a-z]+)+-\\d+';
const regional = new RegExp(`^(?:(.+)\\.)?s3(?:\\.dualstack)?[.-](${regionForm})\\.amazonaws\\.com$`);
const globalName = /^(?:(.+)\.)?s3(?:-external-1)?\.amazonaws\.com$/;
const endpoint = new RegExp(`^(?:(.+)\\.)?bucket\\.vpce-[^.]+\\.s3\\.(${regionForm})\\.vpce\\.amazonaws\\.com$`);
const loopback = /^(.+)\.localhost$/;
/** S3 Control and access points have names of their own, public ones and those of an endpoint. */
const others =
  /(?:^|\.)(s3-control|s3-accesspoint|control|accesspoint)\.(?:dualstack\.|vpce-)?[^.]+\..*amazonaws\.com$/;

/** Reads bucket and key from host and path, whichever of the two holds the bucket; throws a ServiceFault for a path that S3 cannot read. */
export function readS3Address({ host, path }: Pick<WireRequest, 'host' | 'path'>): S3Address {
  const { bucket, region } = readHost(host.toLowerCase().replace(/:\d+$/, ''));
  const [first = '', ...rest] = path.slice(1).split('/');
  if (bucket !== undefined) return { bucket, key: textOf(path.slice(1)), region, isVirtualHost: true };
  return { bucket: textOf(first), key: textOf(rest.join('/')), region, isVirtualHost: false };
}

function readHost(host: string): HostReading {
  const other = others.exec(host)?.[1];
  if (other)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not simulate ${nameOfOther(other)}.`);
  const named = regional.exec(host) ?? endpoint.exec(host);
  if (named) return { bucket: named[1], region: named[2] };
  const anywhere = globalName.exec(host);
  if (anywhere) return { bucket: anywhere[1], region: anywhere[1] === undefined ? 'us-east-1' : undefined };
  return { bucket: loopback.exec(host)?.[1], region: undefined };
}

function nameOfOther(label: string): string {
  return label.endsWith('control') ? 'S3 Control' : 'access points of S3';
}

/** Empty text counts as none. */
function textOf(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded) || undefined;
  } catch {
    throw new ServiceFault('InvalidURI', "Couldn't parse the specified URI.");
  }
}
