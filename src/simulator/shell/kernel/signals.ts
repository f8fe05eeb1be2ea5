/** Signals by name with Linux's numbers (signal(7), x86 and ARM). */
export const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGWINCH: 28,
} as const;

export type SignalName = keyof typeof signalNumbers;

export type DefaultAction = 'terminate' | 'stop' | 'continue' | 'ignore';

/** Reads `INT`, `SIGINT`, `sigint` or `2`. */
export function parseSignal(text: string): SignalName | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    return signalNames.find(name => signalNumbers[name] === number);
  }
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return signalNames.find(known => known === name);
}

export const signalNames = Object.keys(signalNumbers) as SignalName[];

export function defaultActionOf(signal: SignalName): DefaultAction {
  switch (signal) {
    case 'SIGCHLD':
    case 'SIGWINCH':
      return 'ignore';
    case 'SIGCONT':
      return 'continue';
    case 'SIGSTOP':
    case 'SIGTSTP':
    case 'SIGTTIN':
    case 'SIGTTOU':
      return 'stop';
    default:
      return 'terminate';
  }
}

/** What a shell says about a job that a signal ended. */
export function describeSignal(signal: SignalName): string {
  const words: Partial<Record<SignalName, string>> = {
    SIGHUP: 'Hangup',
    SIGINT: 'Interrupt',
    SIGQUIT: 'Quit (core dumped)',
    SIGABRT: 'Aborted (core dumped)',
    SIGKILL: 'Killed',
    SIGUSR1: 'User defined signal 1',
    SIGUSR2: 'User defined signal 2',
    SIGPIPE: 'Broken pipe',
    SIGALRM: 'Alarm clock',
    SIGTERM: 'Terminated',
  };
  return words[signal] ?? signal;
}
