import { print } from '../console';
import type { CliSession } from './session';

interface Row {
  readonly value: string;
  readonly type: string;
  readonly location: string;
}

const notSet: Row = { value: '<not set>', type: 'None', location: 'None' };

/** `aws configure list`: where each value comes from (awscli/customizations/configure/list.py). */
export async function listConfiguration(session: CliSession): Promise<number> {
  const show = (name: string, row: Row) => print(session.run, rowText(name, row));
  await show('Name', { value: 'Value', type: 'Type', location: 'Location' });
  await show('----', { value: '-----', type: '----', location: '--------' });
  await show('profile', profileRow(session));
  const { accessKey, secretKey } = await keyRows(session);
  await show('access_key', accessKey);
  await show('secret_key', secretKey);
  await show('region', await regionRow(session));
  return 0;
}

function rowText(name: string, { value, type, location }: Row): string {
  return `${name.padStart(10)} ${value.padStart(24)} ${type.padStart(16)}    ${location}\n`;
}

function profileRow({ globals, configuration }: CliSession): Row {
  if (globals.profile !== undefined) return { value: globals.profile, type: 'manual', location: '--profile' };
  if (configuration.profile === undefined) return notSet;
  return { value: configuration.profile, type: 'env', location: "['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']" };
}

async function keyRows(session: CliSession): Promise<{ readonly accessKey: Row; readonly secretKey: Row }> {
  session.configuration.requireProfile();
  const credentials = await session.credentials();
  if (!credentials) return { accessKey: notSet, secretKey: notSet };
  const { keys, source } = credentials;
  const row = (text: string) => ({ value: `${'*'.repeat(16)}${text.slice(-4)}`, type: source, location: '' });
  return { accessKey: row(keys.accessKeyId), secretKey: row(keys.secretAccessKey) };
}

async function regionRow(session: CliSession): Promise<Row> {
  const { environment } = session.configuration;
  const fromEnvironment = environment.get('AWS_REGION') || environment.get('AWS_DEFAULT_REGION');
  if (fromEnvironment) return { value: fromEnvironment, type: 'env', location: "['AWS_REGION', 'AWS_DEFAULT_REGION']" };
  const configured = session.configuration.setting('region');
  const location = environment.get('AWS_CONFIG_FILE') ?? '~/.aws/config';
  if (configured) return { value: configured, type: 'config-file', location };
  const region = await session.region();
  return region ? { value: region, type: 'imds', location: '' } : notSet;
}
