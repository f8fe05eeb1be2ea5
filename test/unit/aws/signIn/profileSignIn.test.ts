import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProfileSignIn } from '../../../../src/aws/signIn/profileSignIn';
import { LabError } from '../../../../src/core/errors';
import { describeError } from '../../../../src/words/errors';
import { HandClock } from '../../../support/handClock';
import { ProfileFolder } from '../../../support/profileFolder';
import { FakeDesk } from '../../../support/signInDesk';
import { assumedRole, type SignInAnswer, SignInServer, stsRefusal } from '../../../support/signInServer';

const keys = '[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = secret-of-base\n';
const ssoConfig = `[profile sso]
sso_session = work
sso_account_id = 111122223333
sso_role_name = Reader
[sso-session work]
sso_start_url = https://example.org/start
sso_region = us-east-1
`;
const json = (body: unknown, status = 200): SignInAnswer => ({ status, body: JSON.stringify(body) });

describe('the sign-in of a profile', () => {
  let folder: ProfileFolder;
  let server: SignInServer;
  let desk: FakeDesk;
  let clock: HandClock;

  beforeEach(async () => {
    folder = new ProfileFolder();
    server = await SignInServer.start();
    desk = new FakeDesk();
    clock = new HandClock(Date.now());
    server.answers.set('AssumeRole', () => assumedRole('ASIAROLE', new Date(clock.now() + 3_600_000)));
  });

  afterEach(async () => {
    folder.dispose();
    await server.stop();
  });

  const signInOf = (profile: string) =>
    new ProfileSignIn({ profile, region: 'ap-south-1', endpointUrlOf: () => server.url, agent: undefined, clock });
  const idOf = async (signIn: ProfileSignIn) => (await signIn.credentials()).accessKeyId;
  const rejectsWith = (work: Promise<unknown>, code: string, profile?: string) =>
    assert.rejects(work, error => {
      assert.ok(error instanceof LabError, String(error));
      assert.equal(error.code, code);
      if (profile) assert.equal(error.parameters.profile, profile);
      const said = JSON.stringify(describeError(error));
      assert.doesNotMatch(said, /secret-of-|token-of-/);
      return true;
    });

  describe('with keys', () => {
    it('works when there is a credentials file only', async () => {
      folder.credentials(keys);
      assert.equal(await idOf(signInOf('base')), 'AKIDBASE');
    });

    it('reads the files again when asked to sign in again', async () => {
      folder.credentials(keys);
      const signIn = signInOf('base');
      await signIn.credentials();
      folder.credentials(keys.replace('AKIDBASE', 'AKIDNEW'));
      assert.equal(await idOf(signIn), 'AKIDBASE');
      await signIn.signIn(desk);
      assert.equal(await idOf(signIn), 'AKIDNEW');
      assert.deepEqual([desk.cliWords, desk.serials], [[], []]);
    });

    it('says that the profile is not on this machine', async () => {
      folder.credentials(keys);
      await rejectsWith(signInOf('elsewhere').credentials(), 'profileMissing', 'elsewhere');
      await rejectsWith(signInOf('elsewhere').signIn(desk), 'profileMissing', 'elsewhere');
    });

    it('says that a profile has none', async () => {
      folder.config('[profile empty]\nregion = ap-south-1\n');
      await rejectsWith(signInOf('empty').credentials(), 'credentialsMissing', 'empty');
    });
  });

  describe('with a role', () => {
    const config = (more = '', source = 'source_profile = base') =>
      folder.config(`[profile role]\nrole_arn = arn:aws:iam::111122223333:role/r\n${source}\n${more}`);

    it('assumes it with the keys of its source, through a chain, in one request for all', async () => {
      folder.credentials(keys);
      config();
      const signIn = signInOf('role');
      assert.deepEqual(await Promise.all([idOf(signIn), idOf(signIn)]), ['ASIAROLE', 'ASIAROLE']);
      assert.equal(server.count('AssumeRole'), 1);
    });

    it('assumes it with credentials of the environment', async () => {
      config('', 'credential_source = Environment');
      process.env.AWS_ACCESS_KEY_ID = 'AKIDENV';
      process.env.AWS_SECRET_ACCESS_KEY = 'secret-of-env';
      assert.equal(await idOf(signInOf('role')), 'ASIAROLE');
    });

    it('says which profile of the chain is missing', async () => {
      config();
      await rejectsWith(signInOf('role').credentials(), 'profileMissing', 'base');
    });

    it('says that the role may not be assumed, by STS’s own code', async () => {
      folder.credentials(keys);
      config();
      server.answers.set('AssumeRole', () => stsRefusal('AccessDenied', 'User is not authorized'));
      await rejectsWith(signInOf('role').credentials(), 'accessDenied', 'role');
    });

    describe('and an MFA device', () => {
      beforeEach(() => {
        folder.credentials(keys);
        config('mfa_serial = arn:aws:iam::111122223333:mfa/me\n');
      });

      it('asks for a code only when a person signs in, and keeps it nowhere', async () => {
        const signIn = signInOf('role');
        await rejectsWith(signIn.credentials(), 'mfaCodeNeeded', 'role');
        assert.equal(server.count('AssumeRole'), 0);
        await signIn.signIn(desk);
        assert.deepEqual(desk.serials, ['arn:aws:iam::111122223333:mfa/me']);
        assert.match(server.asked[0]?.body ?? '', /TokenCode=123456/);
        assert.equal(await idOf(signIn), 'ASIAROLE');
        assert.equal(textIn(folder.path).includes('123456'), false);
      });

      it('says that the code was wrong', async () => {
        const text = 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';
        server.answers.set('AssumeRole', () => stsRefusal('AccessDenied', text));
        await rejectsWith(signInOf('role').signIn(desk), 'mfaCodeRefused', 'role');
      });

      it('ends quietly when no code is given', async () => {
        desk.mfaCode = undefined;
        await assert.rejects(signInOf('role').signIn(desk), { name: 'AbortError' });
        assert.equal(server.count('AssumeRole'), 0);
      });
    });
  });

  describe('with a credential_process', () => {
    function process(script: string): void {
      writeFileSync(join(folder.path, 'process.cjs'), script);
      const { execPath } = globalThis.process;
      folder.config(`[profile process]\ncredential_process = "${execPath}" "${join(folder.path, 'process.cjs')}"\n`);
    }

    it('takes what it prints, until it expires', async () => {
      const end = new Date(clock.now() + 3_600_000).toISOString();
      const printed = { Version: 1, AccessKeyId: 'ASIAPROC', SecretAccessKey: 'secret-of-p', Expiration: end };
      process(`console.log(${JSON.stringify(JSON.stringify(printed))}); `);
      assert.equal(await idOf(signInOf('process')), 'ASIAPROC');
    });

    for (const [what, script] of [
      ['fails', 'console.error("secret-of-stderr"); process.exit(3);'],
      ['prints no JSON', 'console.log("secret-of-stdout");'],
      ['prints another version', 'console.log(JSON.stringify({ Version: 2, SecretAccessKey: "secret-of-v2" }));'],
    ] as const) {
      it(`says so when it ${what}, and repeats nothing of what it printed`, async () => {
        process(script);
        await rejectsWith(signInOf('process').credentials(), 'credentialProcessFailed', 'process');
      });
    }
  });

  describe('with IAM Identity Center', () => {
    beforeEach(() => {
      folder.config(ssoConfig);
      server.answers.set('/client/register', () => json({ clientId: 'client', clientSecret: 'secret-of-client' }));
      server.answers.set('/device_authorization', () =>
        json({
          deviceCode: 'device',
          userCode: 'ABCD-EFGH',
          verificationUriComplete: 'https://example.org/device?user_code=ABCD-EFGH',
          expiresIn: 600,
          interval: 1,
        }),
      );
      server.answers.set('/token', () => json({ accessToken: 'token-of-sso', expiresIn: 28_800, tokenType: 'Bearer' }));
      server.answers.set('/federation/credentials', () =>
        json({
          roleCredentials: {
            accessKeyId: 'ASIASSO',
            secretAccessKey: 'secret-of-sso',
            sessionToken: 'token-of-role',
            expiration: clock.now() + 3_600_000,
          },
        }),
      );
    });

    /** Drives the clock until the work is done. */
    async function driven<T>(work: Promise<T>): Promise<T> {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      done.catch(() => undefined);
      while (!isDone) {
        await clock.advance(500);
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      return done;
    }

    const tokenError = (errorType: string) => ({ ...json({ error_description: errorType }, 400), errorType });

    it('says that nobody is signed in, and asks nothing by itself', async () => {
      await rejectsWith(signInOf('sso').credentials(), 'credentialsExpired', 'sso');
      assert.deepEqual([desk.pages, server.asked], [[], []]);
    });

    it('waits until the code is confirmed in the browser, and writes the token nowhere', async () => {
      const signIn = signInOf('sso');
      const answers = [tokenError('AuthorizationPendingException'), tokenError('SlowDownException')];
      const given = server.answers.get('/token');
      server.answers.set('/token', body => answers.shift() ?? given?.(body) ?? json({}, 500));
      await driven(signIn.signIn(desk));
      assert.equal(await idOf(signIn), 'ASIASSO');
      assert.deepEqual(desk.pages, [{ url: 'https://example.org/device?user_code=ABCD-EFGH', userCode: 'ABCD-EFGH' }]);
      assert.equal(desk.isShowing, false);
      assert.equal(server.count('/token'), 3);
      assert.equal(textIn(folder.path).includes('token-of-sso'), false);
    });

    it('leaves it to the AWS CLI when there is one, and reads the token that it wrote', async () => {
      desk.cli = () => {
        const folderOfTokens = join(folder.path, '.aws/sso/cache');
        mkdirSync(folderOfTokens, { recursive: true });
        const token = { accessToken: 'token-of-cli', expiresAt: new Date(clock.now() + 3_600_000).toISOString() };
        writeFileSync(
          join(folderOfTokens, `${createHash('sha1').update('work').digest('hex')}.json`),
          JSON.stringify(token),
        );
        return 'done';
      };
      const signIn = signInOf('sso');
      await signIn.signIn(desk);
      assert.deepEqual(desk.cliWords, [['sso', 'login', '--profile', 'sso']]);
      assert.equal(await idOf(signIn), 'ASIASSO');
      assert.equal(server.count('/device_authorization'), 0);
    });

    it('says that the AWS CLI did not sign in', async () => {
      desk.cli = () => 'failed';
      await rejectsWith(signInOf('sso').signIn(desk), 'signInFailed', 'sso');
    });

    for (const error of ['ExpiredTokenException', 'AccessDeniedException']) {
      it(`says that it was not signed in after ${error}`, async () => {
        server.answers.set('/token', () => tokenError(error));
        await rejectsWith(driven(signInOf('sso').signIn(desk)), 'signInFailed', 'sso');
        assert.equal(desk.isShowing, false);
      });
    }

    it('ends quietly when the person gives up', async () => {
      server.answers.set('/token', () => tokenError('AuthorizationPendingException'));
      const signing = driven(signInOf('sso').signIn(desk));
      while (server.count('/token') === 0) await new Promise(resolve => setTimeout(resolve, 1));
      desk.givesUp.abort();
      await assert.rejects(signing, { name: 'AbortError' });
    });

    it('says that the token has been revoked', async () => {
      const signIn = signInOf('sso');
      server.answers.set('/federation/credentials', () => ({
        ...json({ message: 'Session token not found or invalid' }, 401),
        errorType: 'UnauthorizedException',
      }));
      await rejectsWith(driven(signIn.signIn(desk)), 'credentialsExpired', 'sso');
    });
  });
});

/** All that stands in the files under a folder. */
function textIn(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .map(path => readFileSync(path, 'utf8'))
    .join('\n');
}
