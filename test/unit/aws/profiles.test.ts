import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listProfiles } from '../../../src/aws/profiles';

const configText = `[profile lab]
region = ap-south-1
endpoint_url = http://127.0.0.1:4000
services = local

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
      { name: 'default', region: 'us-east-1', endpointUrl: undefined, serviceEndpointUrls: {}, way: 'none' },
      { name: 'keys-only', region: undefined, endpointUrl: undefined, serviceEndpointUrls: {}, way: 'keys' },
      {
        name: 'lab',
        region: 'ap-south-1',
        endpointUrl: 'http://127.0.0.1:4000',
        serviceEndpointUrls: { ec2: 'http://127.0.0.1:5000' },
        way: 'keys',
      },
    ]);
  });

  it('have no endpoints of their own when they say so', async () => {
    write();
    writeFileSync(
      join(folder, 'config'),
      configText.replace('services =', 'ignore_configured_endpoint_urls = true\nservices ='),
    );
    const lab = (await listProfiles()).find(({ name }) => name === 'lab');
    assert.deepEqual([lab?.endpointUrl, lab?.serviceEndpointUrls], [undefined, {}]);
  });

  it('are listed when there is a credentials file only', async () => {
    writeFileSync(join(folder, 'credentials'), credentialsText);
    assert.deepEqual(
      (await listProfiles()).map(({ name, way }) => [name, way]),
      [
        ['keys-only', 'keys'],
        ['lab', 'keys'],
      ],
    );
  });

  it('are none when there are no files', async () => {
    assert.deepEqual(await listProfiles(), []);
  });
});
