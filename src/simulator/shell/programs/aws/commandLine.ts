import { findService, type OperationModel, type ServiceModel } from '../../../protocols/clientCodec';

/** Options that every command takes; true when one has a value (awscli/data/cli.json). */
const globalOptions: Readonly<Record<string, boolean>> = {
  debug: false,
  'endpoint-url': true,
  'no-verify-ssl': false,
  'no-paginate': false,
  output: true,
  query: true,
  profile: true,
  region: true,
  color: true,
  'no-sign-request': false,
  'ca-bundle': true,
  'cli-read-timeout': true,
  'cli-connect-timeout': true,
  'cli-binary-format': true,
  'no-cli-pager': false,
  'cli-auto-prompt': false,
  'no-cli-auto-prompt': false,
};

export interface AwsCommandLine {
  readonly globals: ReadonlyMap<string, string>;
  readonly service: ServiceModel;
  readonly operation: OperationModel;
  /** Arguments of the operation, without the global ones. */
  readonly args: readonly string[];
}

/** A mistake in the command line: what is printed, and the exit status. */
export class CommandLineError extends Error {
  constructor(
    message: string,
    readonly showsUsage: boolean,
    readonly status = 252,
  ) {
    super(message);
  }
}

export const usageText = `
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** Services that the guest's CLI has. */
const serviceNames = ['ec2', 'elbv2', 'iam', 'ssm', 'sts'];

/** Splits the line into global options, service, operation and the rest. Throws {@link CommandLineError}. */
export function readCommandLine(args: readonly string[]): AwsCommandLine {
  const { globals, rest } = takeGlobals(args);
  const [serviceName, operationName, ...parameters] = rest;
  if (serviceName === undefined || serviceName.startsWith('--')) {
    throw new CommandLineError('aws: error: the following arguments are required: command', true);
  }
  const service = findService(serviceName);
  if (!service) throw invalidChoice('command', serviceNames);
  if (operationName === undefined || operationName.startsWith('--')) {
    throw new CommandLineError('aws: error: the following arguments are required: operation', true);
  }
  const operation = service.operations.get(operationName);
  if (!operation) throw invalidChoice('operation', [...service.operations.keys()].sort());
  return { globals, service, operation, args: parameters };
}

export function invalidChoice(what: string, choices: readonly string[]): CommandLineError {
  const rows = choices.flatMap((_, index) => (index % 2 === 0 ? [choices.slice(index, index + 2)] : []));
  const lines = rows.map(row => row.map(choice => choice.padEnd(40)).join(' | '));
  return new CommandLineError(
    `aws: error: argument ${what}: Invalid choice, valid choices are:\n\n${lines.join('\n')}`,
    true,
  );
}

function takeGlobals(args: readonly string[]): { globals: ReadonlyMap<string, string>; rest: readonly string[] } {
  const globals = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const [name = '', joined] = splitOnce(arg.slice(2));
    const takesValue = arg.startsWith('--') ? globalOptions[name] : undefined;
    if (takesValue === undefined) rest.push(arg);
    else if (!takesValue) globals.set(name, '');
    else {
      const value = joined ?? args[++index];
      if (value === undefined)
        throw new CommandLineError(`aws: error: argument --${name}: expected one argument`, true);
      globals.set(name, value);
    }
  }
  return { globals, rest };
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
