import type { ShellSession } from '../app/operations/openShell';
import type { Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { ScreenSize, SecureShell } from '../core/ports/secureShell';
import { sessionEndWords, sessionStatusWords } from '../words/sessions';
import { secureShellEndWords } from '../words/shellWays';
import { t } from '../words/translation';

/** A shell as a terminal draws it, by whichever way it was reached. Dispose it to end it. */
export interface TerminalShell extends Disposable {
  readonly onOutput: Event<Uint8Array>;
  /** Sentences about the connection. */
  readonly onNotice: Event<string>;
  /** Why it is over. */
  readonly onEnd: Event<string>;
  write(bytes: Uint8Array): void;
  resize(size: ScreenSize): void;
}

/** Over Session Manager. */
export function sessionShell(session: ShellSession): TerminalShell {
  return {
    onOutput: listener => session.onOutput(({ bytes }) => listener(bytes)),
    onNotice: listener =>
      session.onStatus(status => {
        const words = sessionStatusWords(status);
        if (words) listener(words);
      }),
    onEnd: listener => session.onClose(end => listener(sessionEndWords(end))),
    write: bytes => session.write(bytes),
    resize: ({ columns, rows }) => session.resize(columns, rows),
    dispose: () => session.dispose(),
  };
}

/** By SSH. */
export function secureTerminalShell(shell: SecureShell): TerminalShell {
  return {
    onOutput: shell.onOutput,
    onNotice: listener => {
      listener(t('Connected. The host key is {0}.', shell.hostKeyFingerprint));
      return { dispose() {} };
    },
    onEnd: listener => shell.onClose(end => listener(secureShellEndWords(end))),
    write: bytes => shell.write(bytes),
    resize: size => shell.resize(size),
    dispose: () => shell.dispose(),
  };
}
