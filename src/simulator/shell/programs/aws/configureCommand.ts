/** `aws configure` and its subcommands (aws/aws-cli:awscli/customizations/configure). */
import { type ArgumentRule, parseArguments } from './argumentParser';
import { listConfiguration } from './configureList';
import { askForSettings, getSetting, listProfiles, setSetting } from './configureSettings';
import { CommandLineError, generalFailure } from './failures';
import { printHelp } from './help';
import type { CliSession } from './session';

const subcommands = 'list get set add-model import list-profiles sso sso-session export-credentials wizard'.split(' ');

/** Resolves with the exit status. Throws {@link CliFailure}. */
export async function runConfigure(session: CliSession, args: readonly string[]): Promise<number> {
  const rule: ArgumentRule = { name: 'subcommand', count: 'optional', choices: subcommands };
  if (args[0] === 'help') return printHelp(session);
  const [first, ...others] = args;
  const isNamed = first !== undefined && !first.startsWith('-');
  const { values, rest } = parseArguments(isNamed ? [first] : args, { options: [], positionals: [rule] });
  const given = isNamed ? others : rest;
  const subcommand = values.get('subcommand')?.[0];
  const positionals = positionalsOf(subcommand);
  const parsed = parseArguments(given, { options: [], positionals });
  if (parsed.rest.length > 0) throw new CommandLineError(`Unknown options: ${parsed.rest.join(',')}`);
  const one = (name: string) => parsed.values.get(name)?.[0] ?? '';
  switch (subcommand) {
    case 'list':
      return listConfiguration(session);
    case 'get':
      return getSetting(session, one('varname'));
    case 'set':
      return setSetting(session, one('varname'), one('value'));
    case 'list-profiles':
      return listProfiles(session);
    case undefined:
      return askForSettings(session);
    default:
      throw generalFailure(`The practice cloud does not have aws configure ${subcommand}.`);
  }
}

function positionalsOf(subcommand: string | undefined): readonly ArgumentRule[] {
  if (subcommand === 'get') return [{ name: 'varname', count: 'one' }];
  if (subcommand !== 'set') return [];
  return [
    { name: 'varname', count: 'one' },
    { name: 'value', count: 'one' },
  ];
}
