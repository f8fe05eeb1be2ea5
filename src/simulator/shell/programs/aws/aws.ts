/** The AWS CLI v2: verbs, flags and output follow from the wire schemas; requests go through the guest's own network. */
import { findService } from '../../../protocols/clientCodec';
import type { Program, Run } from '../../system';
import { print } from '../console';
import { runConfigure } from './configureCommand';
import { CliFailure } from './failures';
import { readMainArguments } from './globalOptions';
import { printHelp } from './help';
import { runS3 } from './s3/s3Command';
import { runService } from './serviceCommand';
import { CliSession } from './session';
import { versionText } from './version';

type Command = (session: CliSession, args: readonly string[]) => Promise<number>;

const serviceNames = ['ec2', 'ec2-instance-connect', 'elbv2', 'iam', 'kms', 'ssm', 'sts'].filter(name =>
  findService(name),
);

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ...serviceNames.map(name => [name, serviceCommand(name)] as const),
  ['s3api', (session, args) => runNamed(session, 's3', args)],
  ['s3', runS3],
  ['configure', runConfigure],
  ['help', printHelp],
]);

function serviceCommand(name: string): Command {
  return (session, args) => runNamed(session, name, args);
}

async function runNamed(session: CliSession, name: string, args: readonly string[]): Promise<number> {
  const service = findService(name);
  return service ? runService(session, service, args) : 0;
}

export const aws: Program = async run => {
  try {
    return await perform(run);
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    await run.process.write(2, error.text);
    return error.status;
  }
};

async function perform(run: Run): Promise<number> {
  const main = readMainArguments(run.args, [...commands.keys()]);
  if (!main) {
    await print(run, `${versionText}\n`);
    return 0;
  }
  const command = commands.get(main.command);
  return command ? command(await CliSession.open(run, main.globals), main.rest) : 0;
}
