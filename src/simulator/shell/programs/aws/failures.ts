/** Exit statuses of the AWS CLI v2 (AWS CLI User Guide, "Command line return codes"). */
export const ExitStatus = { wrongCommand: 252, wrongConfiguration: 253, refusedByService: 254, general: 255 } as const;

export const usageText = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** What ends the program before it is done: its words, which the CLI puts between blank lines, and the exit status. */
export class CliFailure extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }

  /** Why, without advice. */
  get reason(): string {
    return this.message.replace(/\. You can (?:also )?configure .*$/, '');
  }

  /** What is written to standard error. */
  get text(): string {
    return `\n${this.message}\n`;
  }
}

/** A mistake in the command line. */
export class CommandLineError extends CliFailure {
  constructor(
    message: string,
    readonly showsUsage = false,
  ) {
    super(message, ExitStatus.wrongCommand);
  }

  override get text(): string {
    return this.showsUsage ? `\n${usageText}\n${this.message}\n\n` : super.text;
  }
}

/** What argparse refuses: `aws: error: …` below the usage. */
export function argumentError(message: string): CommandLineError {
  return new CommandLineError(`aws: error: ${message}`, true);
}

/** Configuration that is missing or wrong. */
export function configurationFailure(message: string): CliFailure {
  return new CliFailure(message, ExitStatus.wrongConfiguration);
}

/** Everything that the CLI has no status of its own for. */
export function generalFailure(message: string): CliFailure {
  return new CliFailure(message, ExitStatus.general);
}

/** A command without the subcommand that it needs. */
export function tooFewArguments(synopsis: string): CommandLineError {
  return new CommandLineError(`usage: aws [options] ${synopsis}\naws: error: too few arguments`);
}
