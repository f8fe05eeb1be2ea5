import assert from 'node:assert/strict';
import { isOwnName, nameUnder, ownNames, privateNames, zoneOfOwnName } from '../../../src/core/endpointNames';
import { endpoint } from '../../support/networkBuilders';

const own = 'vpce-0123456789abcdef0-abcdefgh.vpce-svc-0123456789abcdef0.ap-south-1.vpce.amazonaws.com';
const serviceName = 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0';
const dnsEntries = [
  { name: own, hostedZoneId: undefined },
  { name: 'api.example.com', hostedZoneId: undefined },
];

describe('names that lead to endpoints', () => {
  it('tell those of the endpoint from those of its service', () => {
    assert.equal(isOwnName(own), true);
    assert.equal(isOwnName(`*.${own}`), true);
    assert.equal(isOwnName('ec2.ap-south-1.amazonaws.com'), false);
    assert.deepEqual(ownNames(serviceName, [endpoint({ serviceName, dnsEntries })]), [own]);
  });

  it('are known by rule for services of AWS, and by what an endpoint lists for those of others', () => {
    assert.deepEqual(privateNames('com.amazonaws.ap-south-1.ec2', []), ['ec2.ap-south-1.amazonaws.com']);
    assert.deepEqual(privateNames(serviceName, [endpoint({ serviceName, dnsEntries })]), ['api.example.com']);
    assert.deepEqual(privateNames(serviceName, [endpoint()]), []);
  });

  it('can be asked for where a pattern stands for many', () => {
    assert.equal(nameUnder('*.s3.ap-south-1.amazonaws.com'), 'any.s3.ap-south-1.amazonaws.com');
    assert.equal(nameUnder('ec2.ap-south-1.amazonaws.com'), 'ec2.ap-south-1.amazonaws.com');
  });
});

describe('the zone of a name of an endpoint', () => {
  const id = 'vpce-0123456789abcdef0-abcd1234';

  it('is told by a zonal name, also under a star', () => {
    assert.equal(zoneOfOwnName(`${id}-ap-south-1a.ec2.ap-south-1.vpce.amazonaws.com`), 'ap-south-1a');
    assert.equal(zoneOfOwnName(`*.${id}-us-gov-west-1b.s3.us-gov-west-1.vpce.amazonaws.com`), 'us-gov-west-1b');
  });

  it('is not told by a regional name, or by the name of the service', () => {
    assert.equal(zoneOfOwnName(`${id}.ec2.ap-south-1.vpce.amazonaws.com`), undefined);
    assert.equal(zoneOfOwnName('ec2.ap-south-1.amazonaws.com'), undefined);
  });
});
