import type { TerminalDevice } from '../../kernel/terminalDevice';
import type { Run } from '../../system';

/** Runs `work` with the terminal passing every key and every byte through as it is (termios(3), cfmakeraw). */
export async function withRawTerminal<T>(run: Run, terminal: TerminalDevice, work: () => Promise<T>): Promise<T> {
  const before = terminal.termios;
  const raw = { icanon: false, echo: false, isig: false, iexten: false, icrnl: false, ixon: false, opost: false };
  terminal.setTermios({ ...before, flags: { ...before.flags, ...raw } });
  const restore = () => terminal.setTermios(before);
  run.process.resources.add({ dispose: restore });
  try {
    return await work();
  } finally {
    restore();
  }
}
