import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listProfiles, profileCredentials } from '../../../src/aws/profiles';

const configText = `[profile lab]
region = ap-south-1
endpoint_url = http://127.0.0.1:4000

[default]
region = us-east-1

[sso-session work]
sso_region = us-east-1
sso_start_url = https://example.org/start

[services local]
ec2 =
  endpoint_url = http://127.0.0.1:5000
`;
const credentialsText = `[lab]
aws_access_key_id = AKIDLAB
aws_secret_access_key = secret-of-lab

[keys-only]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = secret-of-keys
aws_session_token = token-of-keys
`;

describe('profiles of the shared config files', () => {
  const before = { ...process.env };
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'profiles-'));
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  });

  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
  });

  function write(): void {
    writeFileSync(join(folder, 'config'), configText);
    writeFileSync(join(folder, 'credentials'), credentialsText);
  }

  it('are listed from both files with region and endpoint, default first', async () => {
    write();
    assert.deepEqual(await listProfiles(), [
      { name: 'default', region: 'us-east-1', endpointUrl: undefined },
      { name: 'keys-only', region: undefined, endpointUrl: undefined },
      { name: 'lab', region: 'ap-south-1', endpointUrl: 'http://127.0.0.1:4000' },
    ]);
  });

  it('are none when there are no files', async () => {
    assert.deepEqual(await listProfiles(), []);
  });

  it('sign in with their own keys', async () => {
    write();
    const keys = await profileCredentials('keys-only')();
    assert.deepEqual(
      [keys.accessKeyId, keys.secretAccessKey, keys.sessionToken],
      ['AKIDKEYS', 'secret-of-keys', 'token-of-keys'],
    );
  });

  it('are read anew, so that a new sign-in counts at once', async () => {
    write();
    const sign = profileCredentials('lab');
    assert.equal((await sign()).accessKeyId, 'AKIDLAB');
    writeFileSync(join(folder, 'credentials'), credentialsText.replace('AKIDLAB', 'AKIDNEW'));
    assert.equal((await sign()).accessKeyId, 'AKIDNEW');
  });

  it('that do not exist are missing credentials', async () => {
    write();
    await assert.rejects(profileCredentials('nobody')(), { name: 'CredentialsProviderError' });
  });
});
