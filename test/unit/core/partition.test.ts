import assert from 'node:assert/strict';
import { partition as sdkPartition } from '@aws-sdk/core/client';
import { privateHostName, publicHostName, spelledAddress } from '../../../src/core/hostNames';
import { iamArn, managedPolicyArn, partitionOf, serviceHost, servicePrincipals } from '../../../src/core/partition';
import { regionsBeside } from '../../../src/core/regions';

const regions = ['us-east-1', 'cn-north-1', 'us-gov-west-1'].flatMap(region => regionsBeside(region));

describe('partitions (AWS General Reference: Amazon Resource Names)', () => {
  it('are the SDK’s for every region that is offered, and so is its name', () => {
    assert.ok(regions.length > 30);
    for (const { code, name } of regions) {
      const { name: id, dnsSuffix, description } = sdkPartition(code) as unknown as Record<string, string>;
      assert.deepEqual(partitionOf(code), { id, dnsSuffix }, code);
      assert.equal(name, description);
    }
  });

  it('take a region that nobody has heard of for one of the standard partition, unless its beginning says otherwise', () => {
    assert.equal(partitionOf('xx-nowhere-9').id, 'aws');
    assert.equal(partitionOf('cn-west-7').id, 'aws-cn');
    assert.equal(partitionOf('us-gov-north-7').id, 'aws-us-gov');
    assert.equal(partitionOf('us-west-2').id, 'aws');
  });

  it('stand in ARNs', () => {
    assert.equal(iamArn('cn-north-1', '111122223333', 'role/lab'), 'arn:aws-cn:iam::111122223333:role/lab');
    assert.equal(
      managedPolicyArn('us-gov-west-1', 'AmazonEC2ReadOnlyAccess'),
      'arn:aws-us-gov:iam::aws:policy/AmazonEC2ReadOnlyAccess',
    );
    assert.equal(managedPolicyArn('ap-south-1', 'AmazonEC2ReadOnlyAccess').split(':')[1], 'aws');
  });

  it('end the names of services, instances and principals', () => {
    assert.equal(serviceHost('cn-northwest-1', 'ssmmessages'), 'ssmmessages.cn-northwest-1.amazonaws.com.cn');
    assert.equal(serviceHost('us-gov-east-1', 'ec2'), 'ec2.us-gov-east-1.amazonaws.com');
    assert.deepEqual(servicePrincipals('eu-west-1', 'ec2'), ['ec2.amazonaws.com']);
    assert.deepEqual(servicePrincipals('cn-north-1', 'ec2'), ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']);
    const name = publicHostName('52.80.1.2', 'cn-north-1');
    assert.equal(name, 'ec2-52-80-1-2.cn-north-1.compute.amazonaws.com.cn');
    assert.deepEqual(spelledAddress(name, 'cn-north-1'), { form: 'public', address: '52.80.1.2' });
    assert.equal(spelledAddress(name, 'ap-south-1'), undefined);
    assert.equal(privateHostName('10.0.0.9', 'cn-north-1'), 'ip-10-0-0-9.cn-north-1.compute.internal');
  });
});

describe('regions', () => {
  it('are offered with those of the same partition only', () => {
    assert.deepEqual(
      regionsBeside('cn-north-1').map(({ code }) => code),
      ['cn-north-1', 'cn-northwest-1'],
    );
    assert.deepEqual(
      regionsBeside('us-gov-west-1').map(({ code }) => code),
      ['us-gov-east-1', 'us-gov-west-1'],
    );
    assert.ok(regionsBeside('eu-west-1').every(({ code }) => !/^(?:cn|us-gov)-/.test(code)));
  });
});
