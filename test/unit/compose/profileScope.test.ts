import assert from 'node:assert/strict';
import type { SavedScope } from '../../../src/app/appModel';
import type { Log } from '../../../src/base/log';
import { composeProfileScope } from '../../../src/compose';
import { LabError } from '../../../src/core/errors';
import { needsSignIn } from '../../../src/core/needsSignIn';
import { describeError } from '../../../src/words/errors';
import { ProfileFolder } from '../../support/profileFolder';
import { FakeDesk } from '../../support/signInDesk';
import { assumedRole, SignInServer, stsRefusal } from '../../support/signInServer';

/** "AWS STS API Reference: GetCallerIdentity". */
const identity = (account: string) => ({
  status: 200,
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::${account}:user/somebody</Arn><UserId>AIDA</UserId><Account>${account}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`,
});

class RecordingLog implements Log {
  readonly lines: string[] = [];
  debug = (message: string) => void this.lines.push(message);
  info = this.debug;
  warn = this.debug;
  error = this.debug;
}

const secrets = /secret-of-\w+|token-of-\w+|\b123456\b/;

describe('a scope of a profile', () => {
  let folder: ProfileFolder;
  let server: SignInServer;
  let log: RecordingLog;

  beforeEach(async () => {
    folder = new ProfileFolder();
    server = await SignInServer.start();
    log = new RecordingLog();
    folder.credentials('[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = secret-of-base\n');
    server.answers.set('GetCallerIdentity', () => identity('111122223333'));
  });

  afterEach(async () => {
    folder.dispose();
    await server.stop();
  });

  const scopeOf = (profile: string, more: Partial<SavedScope> = {}, signIns = new Map()) =>
    composeProfileScope({ profile, region: 'ap-south-1', endpointUrl: server.url, ...more }, log, { signIns });
  const codeOf = (error: unknown) => (error instanceof LabError ? error.code : String(error));

  it('is LIVE, LOCAL only when every address is on this machine', () => {
    const kind = (saved: Partial<SavedScope>) =>
      composeProfileScope({ profile: 'base', region: 'ap-south-1', ...saved }, log).kind;
    assert.equal(kind({}), 'live');
    assert.equal(kind({ endpointUrl: 'http://localhost:4566' }), 'local');
    assert.equal(kind({ endpointUrl: 'https://aws.example.org' }), 'live');
    assert.equal(kind({ serviceEndpointUrls: { ec2: 'http://127.0.0.1:1' } }), 'live');
    const essential = ['ec2', 'elastic_load_balancing_v2', 'iam', 'kms', 'ssm', 'sts'];
    const serviceEndpointUrls = Object.fromEntries(essential.map(id => [id, 'http://127.0.0.1:1']));
    assert.equal(kind({ serviceEndpointUrls }), 'local');
    assert.equal(
      kind({ endpointUrl: 'http://[::1]:1', serviceEndpointUrls: { s3: 'https://aws.example.org' } }),
      'live',
    );
  });

  it('sends each service where its profile says', async () => {
    const other = await SignInServer.start();
    other.answers.set('GetCallerIdentity', () => identity('444455556666'));
    const gateways = await scopeOf('base', { serviceEndpointUrls: { sts: other.url } }).gateways();
    assert.equal((await gateways.identity.whoAmI()).accountId, '444455556666');
    await assert.rejects(gateways.endpoints.listEndpoints());
    assert.deepEqual([other.asked.length, server.count('GetCallerIdentity')], [1, 0]);
    assert.ok(server.count('DescribeVpcEndpoints') > 0);
    await other.stop();
  });

  it('reads keys again by itself after AWS refused them', async () => {
    const gateways = await scopeOf('base').gateways();
    server.answers.set('GetCallerIdentity', () => stsRefusal('ExpiredToken', 'The security token is expired'));
    await assert.rejects(gateways.identity.whoAmI(), error => codeOf(error) === 'credentialsExpired');
    folder.credentials('[base]\naws_access_key_id = AKIDNEW\naws_secret_access_key = secret-of-new\n');
    server.answers.set('GetCallerIdentity', () => identity('111122223333'));
    await gateways.identity.whoAmI();
  });

  it('says that its profile is not on this machine, which signing in again may mend', async () => {
    const gateways = await scopeOf('synced').gateways();
    await assert.rejects(gateways.endpoints.listEndpoints(), error => {
      assert.equal(describeError(error).sentence, 'Profile synced is not on this machine.');
      return needsSignIn(error);
    });
    assert.equal(server.asked.length, 0);
  });

  describe('with a role behind an MFA device', () => {
    beforeEach(() => {
      folder.config(
        '[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\nmfa_serial = arn:mfa/me\n',
      );
      server.answers.set('AssumeRole', () => assumedRole('ASIAROLE', new Date(Date.now() + 3_600_000)));
    });

    it('signs in once for all its regions and all that is asked at once', async () => {
      const signIns = new Map();
      const desk = new FakeDesk();
      const one = scopeOf('role', {}, signIns);
      const other = scopeOf('role', { region: 'eu-west-1' }, signIns);
      const ask = async (scope: typeof one) => (await scope.gateways()).identity.whoAmI();
      await assert.rejects(ask(one), error => codeOf(error) === 'mfaCodeNeeded');
      await one.signIn?.(desk);
      await Promise.all([ask(one), ask(one), ask(other)]);
      assert.deepEqual([desk.serials.length, server.count('AssumeRole')], [1, 1]);
    });

    it('asks who it is again after another region of the profile has signed in', async () => {
      const signIns = new Map();
      const [here, there] = [scopeOf('base', {}, signIns), scopeOf('base', { region: 'us-east-1' }, signIns)];
      const account = async () => (await (await there.gateways()).identity.whoAmI()).accountId;
      assert.equal(await account(), '111122223333');
      server.answers.set('GetCallerIdentity', () => identity('444455556666'));
      assert.equal(await account(), '111122223333');
      await here.signIn?.(new FakeDesk());
      assert.equal(await account(), '444455556666');
    });

    it('asks who it is again after a sign-in, as another account may be behind it', async () => {
      const scope = scopeOf('role');
      const ask = async () => (await (await scope.gateways()).identity.whoAmI()).accountId;
      await scope.signIn?.(new FakeDesk());
      assert.equal(await ask(), '111122223333');
      server.answers.set('GetCallerIdentity', () => identity('444455556666'));
      await scope.signIn?.(new FakeDesk());
      assert.equal(await ask(), '444455556666');
    });
  });

  it('writes no key, token or code into the log, whatever goes wrong', async () => {
    folder.config(
      '[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\nmfa_serial = arn:mfa/me\n[profile process]\ncredential_process = echo token-of-process\n',
    );
    const said: string[] = [];
    const attempt = async (work: Promise<unknown>) => {
      await work.catch(error => said.push(JSON.stringify(describeError(error)), String(error)));
    };
    server.answers.set('AssumeRole', () => assumedRole('ASIAROLE', new Date(Date.now() + 3_600_000)));
    for (const refusal of ['AccessDenied', 'ExpiredToken', 'SignatureDoesNotMatch', undefined]) {
      for (const profile of ['base', 'role', 'process', 'nobody']) {
        const scope = scopeOf(profile);
        const answer = refusal ? stsRefusal(refusal, 'no') : { status: 500, body: 'out of order' };
        server.answers.set('GetCallerIdentity', () => answer);
        await attempt(scope.signIn?.(new FakeDesk()) ?? Promise.resolve());
        const gateways = await scope.gateways();
        await attempt(gateways.identity.whoAmI());
        await attempt(gateways.endpoints.listEndpoints());
      }
    }
    assert.ok(log.lines.length > 10 && said.length > 10);
    assert.doesNotMatch([...log.lines, ...said].join('\n'), secrets);
  }).timeout(20_000);
});
