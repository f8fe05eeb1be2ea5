import assert from 'node:assert/strict';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import {
  clientsOf,
  type PracticeClients,
  type SdkHandler,
  sdkHandler,
  startTestCloud,
} from '../../../support/practice';
import { refusalOf } from '../../../support/refusal';

/** Code and HTTP status of a refusal. */
async function refusal(call: Promise<unknown>): Promise<readonly [string, number | undefined]> {
  const { code, status } = await refusalOf(call);
  return [code, status];
}

function calls({ ec2, iam, ssm, sts }: PracticeClients) {
  return {
    ec2: () => ec2.send(new DescribeVpcsCommand({})),
    iam: () => iam.send(new ListRolesCommand({})),
    ssm: () => ssm.send(new DescribeInstanceInformationCommand({})),
    sts: () => sts.send(new GetCallerIdentityCommand({})),
  };
}

describe('signing in', () => {
  it('knows the account and the user by the key', async () => {
    const { clients } = startTestCloud();
    for (const [index, accountId] of ['111122223333', '444455556666'].entries()) {
      const identity = await clients(index).sts.send(new GetCallerIdentityCommand({}));
      assert.equal(identity.Account, accountId);
      assert.match(identity.Arn ?? '', new RegExp(`^arn:aws:iam::${accountId}:user/`));
      assert.ok(identity.$metadata.requestId);
    }
  });

  it('refuses a wrong secret as each service does', async () => {
    const { cloud } = startTestCloud();
    const accessKeyId = cloud.accounts[0]?.accessKeyId ?? '';
    const wrong = calls(clientsOf(cloud, 0, { credentials: { accessKeyId, secretAccessKey: 'wrong' } }));
    assert.deepEqual(await refusal(wrong.sts()), ['SignatureDoesNotMatch', 403]);
    assert.deepEqual(await refusal(wrong.iam()), ['SignatureDoesNotMatch', 403]);
    assert.deepEqual(await refusal(wrong.ec2()), ['AuthFailure', 401]);
    assert.deepEqual(await refusal(wrong.ssm()), ['InvalidSignatureException', 400]);
  });

  it('refuses an unknown key as each service does', async () => {
    const { cloud } = startTestCloud();
    const credentials = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'any' };
    const wrong = calls(clientsOf(cloud, 0, { credentials }));
    assert.deepEqual(await refusal(wrong.sts()), ['InvalidClientTokenId', 403]);
    assert.deepEqual(await refusal(wrong.iam()), ['InvalidClientTokenId', 403]);
    assert.deepEqual(await refusal(wrong.ec2()), ['AuthFailure', 401]);
    assert.deepEqual(await refusal(wrong.ssm()), ['UnrecognizedClientException', 400]);
  });

  it('refuses signatures more than 15 minutes off the clock', async () => {
    const { cloud, timeline } = startTestCloud();
    timeline.advanceTo(timeline.now() + 16 * 60_000);
    const late = calls(clientsOf(cloud, 0));
    assert.deepEqual(await refusal(late.ec2()), ['RequestExpired', 400]);
    assert.deepEqual(await refusal(late.sts()), ['SignatureDoesNotMatch', 403]);
    assert.deepEqual(await refusal(late.ssm()), ['InvalidSignatureException', 400]);
  });

  it('refuses a region that does not exist', async () => {
    const { cloud } = startTestCloud();
    const elsewhere = calls(clientsOf(cloud, 0, { region: 'xx-nowhere-9' }));
    assert.deepEqual(await refusal(elsewhere.ec2()), ['AuthFailure', 401]);
    assert.deepEqual(await refusal(elsewhere.sts()), ['SignatureDoesNotMatch', 403]);
  });

  it('refuses a request without signature, and one whose body was changed', async () => {
    const { cloud } = startTestCloud();
    const body = new TextEncoder().encode('Action=GetCallerIdentity&Version=2011-06-15');
    const request = { method: 'POST', host: 'sts.ap-south-1.amazonaws.com', path: '/', query: '', headers: {}, body };
    const unsigned = await cloud.handle(request);
    assert.equal(unsigned.status, 403);
    assert.match(new TextDecoder().decode(unsigned.body), /<Code>MissingAuthenticationToken<\/Code>/);
    const through = sdkHandler(cloud.handle);
    const changing: SdkHandler = {
      handle: signed => through.handle(Object.assign(signed, { body: `${signed.body}&X=1` })),
    };
    const { sts } = clientsOf(cloud, 0, { requestHandler: changing });
    assert.deepEqual(await refusal(sts.send(new GetCallerIdentityCommand({}))), ['SignatureDoesNotMatch', 403]);
  });
});
