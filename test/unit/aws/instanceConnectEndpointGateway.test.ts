import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { subnetId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, wireCloud } from '../../support/wireCloud';

const fields = (state: string) => `<instanceConnectEndpointId>eice-0123456789abcdef0</instanceConnectEndpointId>
  <vpcId>vpc-0123456789abcdef0</vpcId><subnetId>subnet-0123456789abcdef0</subnetId><state>${state}</state>
  <preserveClientIp>true</preserveClientIp><createdAt>2024-02-28T11:35:33Z</createdAt>`;

const input = {
  subnetId: subnetId('subnet-0123456789abcdef0'),
  securityGroupIds: [],
  preservesClientIp: false,
  tags: {},
  clientToken: 'token-1',
};

describe('the gateway of Instance Connect endpoints', () => {
  it('reads them in pages of at most 50, and takes one that is updated as there', async () => {
    const page = (state: string, token: string) =>
      ec2(
        'DescribeInstanceConnectEndpoints',
        `<instanceConnectEndpointSet><item>${fields(state)}</item></instanceConnectEndpointSet>${token}`,
      );
    const cloud = wireCloud({
      DescribeInstanceConnectEndpoints: ({ parameters }) =>
        parameters.NextToken
          ? page('update-in-progress', '')
          : page('create-in-progress', '<nextToken>two</nextToken>'),
    });
    const gateway = createGateways(awsConnection(cloud.handle)).instanceConnectEndpoints;
    const all = await gateway.listInstanceConnectEndpoints();
    assert.deepEqual(
      all.map(({ state, preservesClientIp }) => [state, preservesClientIp]),
      [
        ['createInProgress', true],
        ['createComplete', true],
      ],
    );
    assert.equal(cloud.calls[0]?.parameters.MaxResults, '50');
  });

  it('says whether the address is preserved, and names no groups when there are none', async () => {
    const made = `<instanceConnectEndpoint>${fields('create-in-progress')}</instanceConnectEndpoint>`;
    const cloud = wireCloud({ CreateInstanceConnectEndpoint: ec2('CreateInstanceConnectEndpoint', made) });
    const gateway = createGateways(awsConnection(cloud.handle)).instanceConnectEndpoints;
    assert.equal((await gateway.createInstanceConnectEndpoint(input)).id, 'eice-0123456789abcdef0');
    assert.deepEqual(cloud.calls[0]?.parameters, {
      Action: 'CreateInstanceConnectEndpoint',
      Version: '2016-11-15',
      SubnetId: 'subnet-0123456789abcdef0',
      PreserveClientIp: 'false',
      ClientToken: 'token-1',
    });
  });

  it('names the limit when the VPC has one already', async () => {
    const cloud = wireCloud({
      CreateInstanceConnectEndpoint: ec2Error('InstanceConnectEndpointLimitExceeded', 'The maximum number'),
    });
    const gateway = createGateways(awsConnection(cloud.handle)).instanceConnectEndpoints;
    await assert.rejects(gateway.createInstanceConnectEndpoint(input), { code: 'limitExceeded' });
  });
});
