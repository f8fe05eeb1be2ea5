import { ServiceFault } from '../../protocols/serviceFault';

const reservedPrefixes: readonly string[] = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes: readonly string[] = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** Refuses a name that no bucket may have ("General purpose bucket naming rules"). */
export function checkBucketName(name: string): void {
  const isFit =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !reservedPrefixes.some(prefix => name.startsWith(prefix)) &&
    !reservedSuffixes.some(suffix => name.endsWith(suffix));
  if (!isFit)
    throw new ServiceFault('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
}
