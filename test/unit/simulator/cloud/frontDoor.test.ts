import assert from 'node:assert/strict';
import {
  CreateTransitGatewayCommand,
  DescribeInstancesCommand,
  DescribeVpcsCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStatusOk,
  waitUntilVpcAvailable,
} from '@aws-sdk/client-ec2';
import { DescribeTrustStoresCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { waitUntilInstanceProfileExists, waitUntilRoleExists } from '@aws-sdk/client-iam';
import { createPracticeCloud } from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { Timeline } from '../../../../src/simulator/timeline';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

describe('the front door', () => {
  it("satisfies the SDK's own waiters", async () => {
    const { ec2, iam } = startTestCloud().clients();
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    const InstanceIds = [Reservations?.[0]?.Instances?.[0]?.InstanceId ?? ''];
    const role = 'practice-instance';
    const results = await Promise.all([
      waitUntilVpcAvailable({ client: ec2, maxWaitTime: 60 }, { VpcIds: [Vpcs?.[0]?.VpcId ?? ''] }),
      waitUntilInstanceRunning({ client: ec2, maxWaitTime: 60 }, { InstanceIds }),
      waitUntilInstanceStatusOk({ client: ec2, maxWaitTime: 60 }, { InstanceIds }),
      waitUntilRoleExists({ client: iam, maxWaitTime: 60 }, { RoleName: role }),
      waitUntilInstanceProfileExists({ client: iam, maxWaitTime: 60 }, { InstanceProfileName: role }),
    ]);
    assert.deepEqual(
      results.map(({ state }) => state),
      results.map(() => 'SUCCESS'),
    );
  });

  it('logs what is not simulated once, whoever asks', async () => {
    const warnings: string[] = [];
    const log = { debug() {}, info() {}, warn: (message: string) => warnings.push(message), error() {} };
    const cloud = createPracticeCloud({
      seed: 'log',
      pace: 1,
      world: 'default-vpc',
      digests: nodeDigests,
      timeline: new Timeline(Date.now()),
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      log,
    });
    for (const account of [0, 1, 1]) {
      const call = clientsOf(cloud, account).ec2.send(new CreateTransitGatewayCommand({}));
      assert.equal(await codeOf(call), 'UnsupportedOperation');
    }
    assert.deepEqual(warnings, ['Practice cloud: ec2:CreateTransitGateway was asked for and is not simulated']);
  });

  it('lets nobody without a key write into the log', async () => {
    const warnings: string[] = [];
    const log = { debug() {}, info() {}, warn: (message: string) => warnings.push(message), error() {} };
    const cloud = createPracticeCloud({
      seed: 'stranger',
      pace: 1,
      world: 'default-vpc',
      digests: nodeDigests,
      timeline: new Timeline(Date.now()),
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      log,
    });
    const scope = 'AKIAI44QH8DHBEXAMPLE/20260101/ap-south-1/anything/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
    const rest = { method: 'POST', host: 'any', path: '/', query: '', body: new Uint8Array() };
    assert.equal((await cloud.handle({ ...rest, headers: { authorization } })).status, 400);
    assert.deepEqual(warnings, []);
    cloud.dispose();
  });

  it('refuses actions that it reads but does not simulate, in the form of their service', async () => {
    const { elbv2 } = startTestCloud('default-vpc').clients();
    const { code, message } = await refusalOf(elbv2.send(new DescribeTrustStoresCommand({})));
    assert.equal(code, 'UnsupportedOperation');
    assert.match(message, /elbv2:DescribeTrustStores/);
  });
});
