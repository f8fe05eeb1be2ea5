import assert from 'node:assert/strict';
import {
  awsServiceName,
  matchesName,
  privateNamesOfService,
  serviceLabel,
  serviceOfPublicName,
} from '../../../src/core/serviceNames';

describe('names of AWS services (AWS PrivateLink Guide)', () => {
  it('are taken over by private DNS under the region', () => {
    assert.deepEqual(privateNamesOfService('com.amazonaws.ap-south-1.ec2'), ['ec2.ap-south-1.amazonaws.com']);
    assert.deepEqual(privateNamesOfService('com.amazonaws.us-gov-west-1.ecr.api'), [
      'api.ecr.us-gov-west-1.amazonaws.com',
    ]);
    assert.deepEqual(privateNamesOfService('com.amazonaws.ap-south-1.dynamodb'), []);
    assert.deepEqual(privateNamesOfService('com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0'), []);
  });

  it('lead back to the service', () => {
    for (const service of ['ec2', 'ssmmessages', 'ecr.api', 'ecr.dkr', 's3', 'kinesis-streams', 'execute-api']) {
      const serviceName = awsServiceName('ap-south-1', service);
      for (const pattern of privateNamesOfService(serviceName)) {
        assert.equal(serviceOfPublicName(pattern.replace('*', 'any')), serviceName, pattern);
      }
    }
    for (const name of ['example.com', 'amazonaws.com', 'ap-south-1.amazonaws.com', 'iam.amazonaws.com']) {
      assert.equal(serviceOfPublicName(name), undefined, name);
    }
  });

  it('are called by what stands behind the region, and private services by their id', () => {
    assert.equal(serviceLabel('com.amazonaws.ap-south-1.ec2'), 'ec2');
    assert.equal(serviceLabel('com.amazonaws.ap-south-1.ecr.api'), 'ecr.api');
    assert.equal(serviceLabel('cn.com.amazonaws.cn-north-1.ssm'), 'ssm');
    assert.equal(
      serviceLabel('com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0'),
      'vpce-svc-0123456789abcdef0',
    );
    assert.equal(serviceLabel('my-prefix-list'), 'my-prefix-list');
  });

  it('match under a star by one label or more', () => {
    assert.equal(matchesName('*.s3.r', 'a.b.s3.r'), true);
    assert.equal(matchesName('*.s3.r', 's3.r'), false);
    assert.equal(matchesName('*.s3.r', '.s3.r'), false);
  });
});
