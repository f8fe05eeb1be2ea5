/** Where the CLI finds its keys, in order (boto/botocore:botocore/credentials.py). */
import type { SigningKeys } from '../../../protocols/clientCodec';
import type { Configuration } from './configuration';
import { generalFailure } from './failures';
import type { InstanceMetadata } from './instanceMetadata';

/** As `aws configure list` calls them. */
export type CredentialSource = 'env' | 'assume-role' | 'shared-credentials-file' | 'config-file' | 'iam-role';

export interface Credentials {
  readonly keys: SigningKeys;
  readonly source: CredentialSource;
}

/** A role that a profile names, and the profile whose keys may take it; without one they come from where `credentialSource` says. */
export interface RoleToAssume {
  readonly roleArn: string;
  readonly sessionName: string | undefined;
  readonly externalId: string | undefined;
  readonly keys: SigningKeys;
}

export interface CredentialSearch {
  readonly configuration: Configuration;
  readonly metadata: InstanceMetadata;
  /** A profile on the command line sets the environment's keys aside. */
  readonly ignoresEnvironment: boolean;
  readonly assumeRole: (role: RoleToAssume) => Promise<SigningKeys>;
}

/** Undefined when there are none anywhere. Throws {@link CliFailure} for half a pair. */
export async function findCredentials(search: CredentialSearch): Promise<Credentials | undefined> {
  const { configuration, metadata, ignoresEnvironment } = search;
  const fromEnvironment = ignoresEnvironment ? undefined : environmentKeys(configuration.environment);
  if (fromEnvironment) return { keys: fromEnvironment, source: 'env' };
  const { profileName } = configuration;
  const assumed = await roleKeys(search, profileName, [profileName]);
  if (assumed) return { keys: assumed, source: 'assume-role' };
  const stored = storedKeys(configuration, profileName);
  if (stored) return stored;
  const keys = await metadata.credentials();
  return keys && { keys, source: 'iam-role' };
}

function environmentKeys(environment: ReadonlyMap<string, string>): SigningKeys | undefined {
  return completePair('env', name => environment.get(name.toUpperCase()), 'AWS_SECRET_ACCESS_KEY');
}

function storedKeys(configuration: Configuration, profile: string): Credentials | undefined {
  const shared = completePair('shared-credentials-file', name => configuration.credential(name, profile));
  if (shared) return { keys: shared, source: 'shared-credentials-file' };
  const config = completePair('config-file', name => configuration.setting(name, profile));
  return config && { keys: config, source: 'config-file' };
}

function completePair(
  provider: string,
  read: (name: string) => string | undefined,
  secretName = 'aws_secret_access_key',
): SigningKeys | undefined {
  const accessKeyId = read('aws_access_key_id');
  if (!accessKeyId) return undefined;
  const secretAccessKey = read('aws_secret_access_key');
  if (!secretAccessKey) throw generalFailure(`Partial credentials found in ${provider}, missing: ${secretName}`);
  const sessionToken = read('aws_session_token');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** Keys of the role that a profile names; undefined when it names none. */
async function roleKeys(
  search: CredentialSearch,
  profile: string,
  visited: readonly string[],
): Promise<SigningKeys | undefined> {
  const { configuration } = search;
  const setting = (name: string) => configuration.setting(name, profile) ?? configuration.credential(name, profile);
  const roleArn = setting('role_arn');
  const source = setting('source_profile');
  const otherSource = setting('credential_source');
  if (roleArn === undefined || (source === undefined && otherSource === undefined)) return undefined;
  const keys =
    source === undefined
      ? await otherKeys(search, otherSource ?? '')
      : await sourceKeys(search, profile, source, visited);
  return search.assumeRole({
    roleArn,
    keys,
    sessionName: setting('role_session_name'),
    externalId: setting('external_id'),
  });
}

async function sourceKeys(
  search: CredentialSearch,
  profile: string,
  source: string,
  visited: readonly string[],
): Promise<SigningKeys> {
  const stored = storedKeys(search.configuration, source)?.keys;
  if (visited.includes(source) && !stored)
    throw generalFailure(
      `Infinite loop in credential configuration detected. Attempting to load from profile ${source} which has already been visited. Visited profiles: [${visited.map(name => `'${name}'`).join(', ')}]`,
    );
  const keys = (source === profile ? undefined : await roleKeys(search, source, [...visited, source])) ?? stored;
  if (keys) return keys;
  throw generalFailure(`The source profile "${source}" must have credentials.`);
}

async function otherKeys({ configuration, metadata }: CredentialSearch, source: string): Promise<SigningKeys> {
  const keys =
    source === 'Environment'
      ? environmentKeys(configuration.environment)
      : source === 'Ec2InstanceMetadata'
        ? await metadata.credentials()
        : undefined;
  if (keys) return keys;
  throw generalFailure(
    `Error when retrieving credentials from ${source}: No credentials found in credential_source referenced in profile ${configuration.profileName}`,
  );
}
