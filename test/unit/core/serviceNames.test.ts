import assert from 'node:assert/strict';
import {
  awsServiceName,
  awsServiceOf,
  matchesName,
  ownServiceName,
  ownServiceOf,
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

  it('begin with cn. for some services in China, with a suffix of their own for all (AWS PrivateLink User Guide, China)', () => {
    assert.equal(awsServiceName('cn-north-1', 'ec2'), 'cn.com.amazonaws.cn-north-1.ec2');
    assert.equal(awsServiceName('cn-north-1', 'ssmmessages'), 'com.amazonaws.cn-north-1.ssmmessages');
    assert.equal(awsServiceName('us-gov-west-1', 'ec2'), 'com.amazonaws.us-gov-west-1.ec2');
    for (const name of ['cn.com.amazonaws.cn-north-1.ecr.api', 'com.amazonaws.cn-north-1.ecr.api'])
      assert.deepEqual(awsServiceOf(name), { region: 'cn-north-1', service: 'ecr.api' });
    const [name] = privateNamesOfService('cn.com.amazonaws.cn-northwest-1.sts');
    assert.equal(name, 'sts.cn-northwest-1.amazonaws.com.cn');
    assert.equal(serviceOfPublicName(name ?? ''), 'cn.com.amazonaws.cn-northwest-1.sts');
    assert.equal(serviceOfPublicName('sts.cn-northwest-1.amazonaws.com'), undefined);
    assert.equal(serviceOfPublicName('sts.eu-west-1.amazonaws.com.cn'), undefined);
  });

  it('tell a service of somebody’s own by its id, in China too', () => {
    const id = 'vpce-svc-0123456789abcdef0';
    for (const region of ['cn-north-1', 'us-gov-west-1', 'eu-west-1']) {
      assert.deepEqual(ownServiceOf(ownServiceName(region, id)), { region, serviceId: id });
      assert.equal(serviceLabel(ownServiceName(region, id)), id);
      assert.equal(awsServiceOf(ownServiceName(region, id)), undefined);
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
