/** How control leaves a shell construct other than at its end. */
export class BreakLoop extends Error {
  constructor(readonly levels: number) {
    super('break');
  }
}

export class ContinueLoop extends Error {
  constructor(readonly levels: number) {
    super('continue');
  }
}

export class ReturnFromFunction extends Error {
  constructor(readonly status: number) {
    super('return');
  }
}

export class ExitShell extends Error {
  constructor(readonly status: number) {
    super('exit');
  }
}

/** SIGINT while an interactive shell was busy: back to the prompt. */
export class CommandInterrupted extends Error {}

/** A mistake found while expanding or assigning: the command fails; a script ends, a prompt comes back. */
export class ShellError extends Error {
  constructor(
    message: string,
    readonly status = 1,
  ) {
    super(message);
  }
}
