import assert from 'node:assert/strict';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { DetachRolePolicyCommand } from '@aws-sdk/client-iam';
import { StartSessionCommand } from '@aws-sdk/client-ssm';
import { signChannel } from '../../../../src/aws/signChannel';
import type { InstanceId } from '../../../../src/core/ids';
import type { Place } from '../../../../src/core/network';
import { clientsOf, startTestCloud, type TestCloud } from '../../../support/practice';
import { runFor, runUntil } from '../../../support/runTimeline';

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

describe('the upgrade to a data channel', () => {
  let test: TestCloud;
  let place: Place;
  let target: InstanceId;
  let streamUrl: string;

  beforeEach(async () => {
    test = startTestCloud('default', 20);
    place = { accountId: test.cloud.accounts[1]!.accountId, region: 'ap-south-1' } as never;
    const { ec2, ssm } = test.clients();
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    target = Reservations?.[0]?.Instances?.[0]?.InstanceId as InstanceId;
    await runUntil(test.timeline, () => test.cloud.guestOf(place, target) !== undefined, 600_000);
    streamUrl = (await ssm.send(new StartSessionCommand({ Target: target }))).StreamUrl ?? '';
  });

  /** As a client with these keys asks, or without a signature. */
  async function mayUpgrade(keys: Keys | undefined, mustBeSigned = false): Promise<boolean> {
    const { host, pathname, search } = new URL(streamUrl);
    const by = { region: 'ap-south-1', nowMs: test.timeline.now() };
    const signed = keys ? await signChannel(streamUrl, { ...by, credentials: keys }) : {};
    const headers = Object.entries({ host, ...signed }).map(([name, value]) => [name.toLowerCase(), value]);
    return test.cloud.mayUpgrade(
      {
        method: 'GET',
        host,
        path: pathname,
        query: search.slice(1),
        headers: Object.fromEntries(headers),
        body: new Uint8Array(0),
      },
      mustBeSigned,
    );
  }

  const keysOf = (account: number): Keys => {
    const { accessKeyId, secretAccessKey } = test.cloud.accounts[account]!;
    return { accessKeyId, secretAccessKey };
  };

  it('passes without a signature, unless one is demanded', async () => {
    assert.deepEqual([await mayUpgrade(undefined), await mayUpgrade(undefined, true)], [true, false]);
  });

  it("passes with a right signature of the session's account, and no other", async () => {
    assert.equal(await mayUpgrade(keysOf(1), true), true);
    assert.equal(await mayUpgrade(keysOf(0)), false);
    assert.equal(await mayUpgrade({ ...keysOf(1), secretAccessKey: 'wrong' }), false);
    assert.equal(await mayUpgrade({ ...keysOf(1), accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }), false);
  });

  it('refuses keys of a role that have expired, and sessions that are over', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = test.cloud.world.roleCredentials(place, target)!;
    const laterMs = 13 * 3_600_000;
    await runFor(test.timeline, laterMs);
    assert.equal(await mayUpgrade(keysOf(1)), false);
    const { ssm } = clientsOf(test.cloud, 1, { systemClockOffset: laterMs });
    streamUrl = (await ssm.send(new StartSessionCommand({ Target: target }))).StreamUrl ?? '';
    assert.equal(await mayUpgrade(keysOf(1)), true);
    assert.equal(await mayUpgrade({ accessKeyId, secretAccessKey, sessionToken }), false);
  });

  it('passes with the keys of a role that may open data channels, and not when it may no more', async () => {
    const role = test.cloud.world.roleCredentials(place, target);
    assert.ok(role);
    const { accessKeyId, secretAccessKey, sessionToken } = role;
    const keys = { accessKeyId, secretAccessKey, sessionToken };
    assert.equal(await mayUpgrade(keys), true);
    assert.equal(await mayUpgrade({ accessKeyId, secretAccessKey }), false);
    const { roles } = test.cloud.world.account(place.accountId);
    for (const { name, policyArns } of [...roles.values()])
      for (const PolicyArn of policyArns)
        await test.clients().iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }));
    assert.equal(await mayUpgrade(keys), false);
  });
});
