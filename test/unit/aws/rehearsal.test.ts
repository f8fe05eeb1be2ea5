import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { securityGroupId, subnetId, vpcId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, type WireCloud, wireCloud } from '../../support/wireCloud';

const input = {
  vpcId: vpcId('vpc-0123456789abcdef0'),
  serviceName: 'com.amazonaws.ap-south-1.ec2',
  subnetIds: [subnetId('subnet-0123456789abcdef0')],
  securityGroupIds: [securityGroupId('sg-0123456789abcdef0')],
  privateDnsEnabled: true,
  tags: {},
  clientToken: 'token',
};

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'resolved',
    error => (error instanceof LabError ? error.code : String(error)),
  );

const rehearse = (cloud: WireCloud) =>
  codeOf(createGateways(awsConnection(cloud.handle)).endpoints.createInterfaceEndpoint(input, { isRehearsal: true }));

describe('the rehearsal of a call', () => {
  it('goes with DryRun and passes when AWS says that it would have succeeded', async () => {
    const seen: unknown[] = [];
    const cloud = wireCloud({
      CreateVpcEndpoint: ({ parameters }) => {
        seen.push(parameters.DryRun);
        return ec2Error('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
      },
    });
    assert.equal(await rehearse(cloud), 'rehearsalPassed');
    assert.deepEqual(seen, ['true']);
  });

  it('is refused as the call would be', async () => {
    const cloud = wireCloud({
      CreateVpcEndpoint: () => ec2Error('UnauthorizedOperation', 'You are not authorized.', 403),
    });
    assert.equal(await rehearse(cloud), 'accessDenied');
  });

  it('does not take a backend that ignores DryRun for one that allows', async () => {
    const cloud = wireCloud({ CreateVpcEndpoint: () => ec2('CreateVpcEndpoint', '<vpcEndpoint/>') });
    assert.equal(await rehearse(cloud), 'notAnAwsEndpoint');
  });

  it('is not sent at all where AWS has no DryRun, as the call would then be done', async () => {
    let count = 0;
    const cloud = wireCloud({
      ModifyVpcAttribute: () => {
        count++;
        return ec2('ModifyVpcAttribute', '<return>true</return>');
      },
    });
    const { network } = createGateways(awsConnection(cloud.handle));
    const call = network.setVpcDnsAttribute(input.vpcId, 'enableDnsSupport', true, { isRehearsal: true });
    assert.equal(await codeOf(call), 'rehearsalNotOffered');
    assert.equal(count, 0);
  });
});
