import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { securityGroupId, subnetId, vpcEndpointId, vpcId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, type WireCloud, wireCloud } from '../../support/wireCloud';

const vpc = vpcId('vpc-0123456789abcdef0');
const group = { vpcId: vpc, name: 'a', description: 'a', tags: {} };
const endpoint = {
  vpcId: vpc,
  serviceName: 'com.amazonaws.ap-south-1.ec2',
  subnetIds: [subnetId('subnet-0123456789abcdef0')],
  securityGroupIds: [securityGroupId('sg-0123456789abcdef0')],
  privateDnsEnabled: true,
  tags: {},
  clientToken: 'token',
};

const gatewaysOf = (cloud: WireCloud) => createGateways(awsConnection(cloud.handle));

/** Fails the first time as the network does when an answer is cut off, and answers afterwards. */
const cutOffOnce = (answer: ReturnType<typeof ec2>, code = 'ECONNRESET') => {
  let count = 0;
  return () => {
    if (count++ === 0) throw Object.assign(new Error('the line was cut'), { code });
    return answer;
  };
};

describe('a call whose answer is lost', () => {
  it('is not repeated when it makes something and has no token', async () => {
    const cloud = wireCloud({ CreateSecurityGroup: cutOffOnce(ec2('CreateSecurityGroup', '<groupId>sg-1</groupId>')) });
    await assert.rejects(gatewaysOf(cloud).network.createSecurityGroup(group), (error: unknown) => {
      assert.ok(error instanceof LabError);
      assert.equal(error.code, 'answerLost');
      assert.equal(error.parameters.action, 'ec2:CreateSecurityGroup');
      return true;
    });
    assert.equal(cloud.callsOf('CreateSecurityGroup').length, 1);
  });

  it('is repeated when its token keeps AWS from making a second one', async () => {
    const answer = ec2(
      'CreateVpcEndpoint',
      '<vpcEndpoint><vpcEndpointId>vpce-0123456789abcdef0</vpcEndpointId></vpcEndpoint>',
    );
    const cloud = wireCloud({ CreateVpcEndpoint: cutOffOnce(answer) });
    await gatewaysOf(cloud)
      .endpoints.createInterfaceEndpoint(endpoint)
      .catch(() => undefined);
    const tokens = cloud.callsOf('CreateVpcEndpoint').map(({ parameters }) => parameters.ClientToken);
    assert.deepEqual(tokens, ['token', 'token']);
  });

  it('is repeated when nothing was sent, when AWS was asked too often, and when it only reads', async () => {
    let count = 0;
    const busy = wireCloud({
      CreateSecurityGroup: () =>
        count++ === 0
          ? ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503)
          : ec2('CreateSecurityGroup', '<groupId>sg-0123456789abcdef0</groupId>'),
    });
    await gatewaysOf(busy).network.createSecurityGroup(group);
    assert.equal(busy.callsOf('CreateSecurityGroup').length, 2);

    const made = ec2('CreateSecurityGroup', '<groupId>sg-0123456789abcdef0</groupId>');
    const closed = wireCloud({ CreateSecurityGroup: cutOffOnce(made, 'ECONNREFUSED') });
    await gatewaysOf(closed).network.createSecurityGroup(group);
    assert.equal(closed.callsOf('CreateSecurityGroup').length, 2);

    const cut = wireCloud({ DescribeVpcEndpoints: cutOffOnce(ec2('DescribeVpcEndpoints', '<vpcEndpointSet/>')) });
    assert.deepEqual(await gatewaysOf(cut).endpoints.listEndpoints(), []);
  });

  it('and that is refused when it is repeated may be in its own way, but what is missing then has been deleted', async () => {
    const change = { addSecurityGroupIds: [securityGroupId('sg-0123456789abcdef0')] };
    const id = vpcEndpointId('vpce-0123456789abcdef0');
    const refused = (code: string) => cutOffOnce(ec2Error(code, 'no', 400));
    const modify = gatewaysOf(wireCloud({ ModifyVpcEndpoint: refused('InvalidParameter') })).endpoints;
    await assert.rejects(modify.modifyEndpoint(id, change), { code: 'answerLost' });
    const deletion = gatewaysOf(wireCloud({ DeleteSecurityGroup: refused('InvalidGroup.NotFound') })).network;
    await assert.rejects(deletion.deleteSecurityGroup(endpoint.securityGroupIds[0]!), { code: 'resourceNotFound' });
    const first = gatewaysOf(wireCloud({ ModifyVpcEndpoint: ec2Error('InvalidParameter', 'no', 400) })).endpoints;
    await assert.rejects(first.modifyEndpoint(id, change), { code: 'requestRefused' });
  });
});
