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

/** A mistake that fails its command. */
export class ShellError extends Error {
  constructor(
    message: string,
    readonly status = 1,
  ) {
    super(message);
  }
}

/** A mistake found while expanding a word or assigning: a script ends there, at a prompt the rest of the line is forgotten (POSIX 2.8.1). */
export class ExpansionError extends ShellError {}
