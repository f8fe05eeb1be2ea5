import assert from 'node:assert/strict';
import { readS3Address } from '../../../../src/simulator/protocols/rest/s3Address';
import { ServiceFault } from '../../../../src/simulator/protocols/serviceFault';

/** Bucket, key and region that host and path stand for. */
function address(host: string, path = '/'): readonly (string | undefined)[] {
  const { bucket, key, region } = readS3Address({ host, path });
  return [bucket, key, region];
}

/** Source: "Virtual hosting of general purpose buckets" and "AWS PrivateLink for Amazon S3" in the S3 User Guide. */
describe('addresses of S3', () => {
  it('name a bucket in front of the host or at the head of the path', () => {
    assert.deepEqual(address('s3.eu-west-1.amazonaws.com'), [undefined, undefined, 'eu-west-1']);
    assert.deepEqual(address('s3.eu-west-1.amazonaws.com', '/b'), ['b', undefined, 'eu-west-1']);
    assert.deepEqual(address('s3.eu-west-1.amazonaws.com', '/b/'), ['b', undefined, 'eu-west-1']);
    assert.deepEqual(address('s3.eu-west-1.amazonaws.com', '/b/a%20b/c/'), ['b', 'a b/c/', 'eu-west-1']);
    assert.deepEqual(address('my.bucket.s3.eu-west-1.amazonaws.com', '/a//b'), ['my.bucket', 'a//b', 'eu-west-1']);
    assert.deepEqual(address('b.s3-ap-southeast-2.amazonaws.com', '/k'), ['b', 'k', 'ap-southeast-2']);
    assert.deepEqual(address('B.S3.dualstack.us-east-1.amazonaws.com:443'), ['b', undefined, 'us-east-1']);
  });

  it('know the global name, which leads a bucket in front of it to its region', () => {
    assert.deepEqual(address('s3.amazonaws.com', '/b/k'), ['b', 'k', 'us-east-1']);
    assert.deepEqual(address('b.s3.amazonaws.com', '/k'), ['b', 'k', undefined]);
  });

  it('know the names of an interface endpoint, regional and zonal', () => {
    const suffix = 's3.us-west-2.vpce.amazonaws.com';
    assert.deepEqual(address(`bucket.vpce-0a1b-5c6d.${suffix}`, '/b/k'), ['b', 'k', 'us-west-2']);
    assert.deepEqual(address(`bucket.vpce-0a1b-5c6d-us-west-2a.${suffix}`), [undefined, undefined, 'us-west-2']);
    assert.deepEqual(address(`b.bucket.vpce-0a1b-5c6d.${suffix}`, '/k'), ['b', 'k', 'us-west-2']);
  });

  it('know loopback, where no host tells a region', () => {
    assert.deepEqual(address('127.0.0.1:4566', '/b/k'), ['b', 'k', undefined]);
    assert.deepEqual(address('localhost:4566', '/b'), ['b', undefined, undefined]);
    assert.deepEqual(address('b.localhost:4566', '/k'), ['b', 'k', undefined]);
  });

  it('are refused by name where another API than the one of buckets answers', () => {
    const refusal = (host: string) => {
      try {
        return address(host);
      } catch (error) {
        assert.ok(error instanceof ServiceFault);
        return error.message;
      }
    };
    const control = 'The practice cloud does not simulate S3 Control.';
    const points = 'The practice cloud does not simulate access points of S3.';
    assert.equal(refusal('111122223333.s3-control.eu-west-1.amazonaws.com'), control);
    assert.equal(refusal('control.vpce-0a1b-5c6d.s3.eu-west-1.vpce.amazonaws.com'), control);
    assert.equal(refusal('mine-111122223333.s3-accesspoint.eu-west-1.amazonaws.com'), points);
    assert.equal(refusal('accesspoint.vpce-0a1b-5c6d.s3.eu-west-1.vpce.amazonaws.com'), points);
  });

  it('are refused when an escape in the path is malformed', () => {
    assert.throws(() => address('s3.eu-west-1.amazonaws.com', '/b/%zz'), { code: 'InvalidURI' });
  });
});
