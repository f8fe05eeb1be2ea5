import assert from 'node:assert/strict';
import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { parseFault } from '../../../../src/simulator/faults/fault';
import { startTestCloud, type TestCloud } from '../../../support/practice';
import { codeOf } from '../../../support/refusal';

describe('faults on demand', () => {
  let test: TestCloud;

  beforeEach(() => {
    test = startTestCloud('default-vpc');
  });

  const describeVpcs = () => test.clients().ec2.send(new DescribeVpcsCommand({}));

  /** Calls that each fault spoils, with the code of the service. "How AWS behaves" §2 and §6. */
  const cases = [
    ['throttle', ['RequestLimitExceeded', 'Throttling', 'ThrottlingException']],
    ['serverError', ['InternalError', 'InternalFailure', 'InternalServerError']],
    ['expiredCredentials', ['RequestExpired', 'ExpiredToken', 'ExpiredTokenException']],
  ] as const;
  for (const [kind, codes] of cases)
    it(`${kind}: each service refuses in its own words`, async () => {
      test.cloud.faults.add({ kind, on: '*' });
      const { ec2, iam, ssm } = test.clients();
      const calls = [
        ec2.send(new DescribeVpcsCommand({})),
        iam.send(new ListRolesCommand({})),
        ssm.send(new DescribeInstanceInformationCommand({})),
      ];
      assert.deepEqual(await Promise.all(calls.map(codeOf)), codes);
    });

  it('meets as many calls as it says, and those only that it names', async () => {
    test.cloud.faults.add({ kind: 'throttle', on: 'ec2:Describe*', times: 2 });
    await test.clients().iam.send(new ListRolesCommand({}));
    assert.equal(await codeOf(describeVpcs()), 'RequestLimitExceeded');
    assert.equal(await codeOf(describeVpcs()), 'RequestLimitExceeded');
    assert.equal((await describeVpcs()).Vpcs?.length, 1);
  });

  it('ends when it is disposed of', async () => {
    const fault = test.cloud.faults.add({ kind: 'serverError', on: '*' });
    fault.dispose();
    assert.equal((await describeVpcs()).Vpcs?.length, 1);
  });

  it('slow: the answer comes after the delay, not before', async () => {
    test.cloud.faults.add({ kind: 'slow', on: 'ec2:*', delayMs: 3000 });
    let isAnswered = false;
    const answer = describeVpcs().then(() => {
      isAnswered = true;
    });
    await new Promise(resolve => setTimeout(resolve, 50));
    test.timeline.advanceTo(test.timeline.now() + 2999);
    await new Promise(resolve => setTimeout(resolve, 10));
    assert.equal(isAnswered, false);
    test.timeline.advanceTo(test.timeline.now() + 1);
    await answer;
  });

  it('lateReads: a new id is unknown for a while, and what was there stays visible', async () => {
    test.cloud.faults.add({ kind: 'lateReads', delayMs: 5000 });
    const { ec2 } = test.clients();
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const find = () => ec2.send(new DescribeVpcsCommand({ VpcIds: [Vpc?.VpcId ?? ''] }));
    assert.equal(await codeOf(find()), 'InvalidVpcID.NotFound');
    assert.equal((await describeVpcs()).Vpcs?.length, 1);
    test.timeline.advanceTo(test.timeline.now() + 5000);
    assert.equal((await find()).Vpcs?.length, 1);
  });

  it('is read from one line of text, or refused with what is wrong', () => {
    assert.deepEqual(parseFault('throttle,on=ec2:DescribeVpcs,times=2'), {
      kind: 'throttle',
      on: 'ec2:DescribeVpcs',
      times: 2,
    });
    assert.deepEqual(parseFault('serverError'), { kind: 'serverError', on: '*' });
    for (const text of ['', 'moon', 'slow', 'slow,delayMs=soon', 'throttle,times=0', 'throttle,moon=1', 'withoutZone'])
      assert.throws(() => parseFault(text), RangeError, text);
  });
});
