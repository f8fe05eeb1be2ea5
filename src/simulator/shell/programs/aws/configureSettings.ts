/** Reading and writing single settings (aws/aws-cli:awscli/customizations/configure/{get,set,configure,listprofiles}.py). */

import { decodeText, encodeText } from '../../kernel/text';
import { print, readLines } from '../console';
import { settingsPaths } from './configuration';
import { withSetting } from './iniFile';
import type { CliSession } from './session';

const secretNames = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];

export async function getSetting(session: CliSession, variable: string): Promise<number> {
  const { configuration } = session;
  if (!variable.includes('.')) configuration.requireProfile();
  const { profile, name } = scoped(session, variable);
  const value = configuration.credential(name, profile) ?? configuration.setting(name, profile);
  if (value === undefined) return 1;
  await print(session.run, `${value}\n`);
  return 0;
}

export async function setSetting(session: CliSession, variable: string, value: string): Promise<number> {
  const { profile, name } = scoped(session, variable);
  await writeSetting(session, profile, name, value);
  return 0;
}

/** `profile.<name>.<setting>`, `default.<setting>`, `<known profile>.<setting>`, or a setting of the profile in use. */
function scoped({ configuration }: CliSession, variable: string): { profile: string; name: string } {
  const [first = '', ...others] = variable.split('.');
  if (first === 'profile' && others.length > 1)
    return { profile: others[0] as string, name: others.slice(1).join('.') };
  if (others.length > 0 && (first === 'default' || configuration.profileNames.includes(first)))
    return { profile: first, name: others.join('.') };
  return { profile: configuration.profileName, name: variable };
}

export async function listProfiles({ run, configuration }: CliSession): Promise<number> {
  for (const name of configuration.profileNames) await print(run, `${name}\n`);
  return 0;
}

const questions = [
  ['aws_access_key_id', 'AWS Access Key ID'],
  ['aws_secret_access_key', 'AWS Secret Access Key'],
  ['region', 'Default region name'],
  ['output', 'Default output format'],
] as const;

/** `aws configure`: asks for each; an empty line leaves a value as it is. */
export async function askForSettings(session: CliSession): Promise<number> {
  const { run, configuration } = session;
  const lines = readLines(run.process, 0);
  for (const [name, text] of questions) {
    const current = configuration.credential(name) ?? configuration.setting(name);
    await print(run, `${text} [${shown(name, current)}]: `);
    const { done, value } = await lines.next();
    if (done) {
      await run.process.write(2, '\nEOF when reading a line\n');
      return 255;
    }
    if (value !== '' && value !== current) await writeSetting(session, configuration.profileName, name, value);
  }
  return 0;
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'None';
  return secretNames.includes(name) ? `${'*'.repeat(16)}${value.slice(-4)}` : value;
}

async function writeSetting({ run }: CliSession, profile: string, name: string, value: string): Promise<void> {
  const isSecret = secretNames.includes(name);
  const path = settingsPaths(run)[isSecret ? 'credentials' : 'config'];
  const title = isSecret || profile === 'default' ? profile : `profile ${profile}`;
  const files = run.system.disk.as(run.process.user);
  const before = (await files.exists(path)) ? decodeText(await files.readFileBuffer(path)) : '';
  await files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  await files.writeFile(path, encodeText(withSetting(before, title, name, value)));
  await files.chmod(path, 0o600);
}
