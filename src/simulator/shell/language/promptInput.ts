import type { TerminalDevice } from '../kernel/terminalDevice';
import { decodeText } from '../kernel/text';
import { type CommandHistory, type EditorEvent, LineEditor } from './lineEditor';
import type { ShellContext } from './shellContext';

export type InputLine = { readonly text: string } | 'interrupted' | undefined;

/** Prompts and reads one line, edited by readline's keys at a terminal; undefined at the end of input. */
export async function readInputLine(shell: ShellContext, prompt: string, history: CommandHistory): Promise<InputLine> {
  await shell.process.write(2, prompt);
  const terminal = shell.process.files.get(0)?.terminal;
  return terminal ? readEdited(shell, terminal, prompt, history) : readPlain(shell);
}

/** As long as the line is edited the terminal neither assembles lines nor echoes; programs find it as it was. */
async function readEdited(
  shell: ShellContext,
  terminal: TerminalDevice,
  prompt: string,
  history: CommandHistory,
): Promise<InputLine> {
  const before = terminal.termios;
  terminal.setTermios({ ...before, flags: { ...before.flags, icanon: false, echo: false } });
  const editor = new LineEditor(prompt, history, terminal.columns, before.flags.echo);
  try {
    for (;;) {
      await shell.process.checkpoint();
      const { event, output } = pressAvailableKeys(shell, editor);
      if (output !== '') await shell.process.write(2, output);
      if (event) return event.kind === 'line' ? { text: `${event.text}\n` } : undefined;
      // Keys may have come while the output was written: look again before waiting.
      if (output !== '' || !(await waitForKeys(shell))) continue;
      await shell.process.write(2, before.flags.echo ? '^C\n' : '\n');
      return 'interrupted';
    }
  } finally {
    terminal.setTermios(before);
  }
}

/** Byte by byte, so that keys typed after the line stay for the program that it starts. */
function pressAvailableKeys(shell: ShellContext, editor: LineEditor): { event?: EditorEvent; output: string } {
  const file = shell.process.files.get(0);
  let output = '';
  for (let bytes = file?.tryRead(1); bytes; bytes = file?.tryRead(1)) {
    const [byte] = bytes;
    if (byte === undefined) return { output, event: { kind: 'endOfInput' } };
    const result = editor.key(byte);
    output += result.output;
    if (result.event) return { output, event: result.event };
  }
  return { output };
}

/** True when SIGINT came instead of a key. */
async function waitForKeys(shell: ShellContext): Promise<boolean> {
  const file = shell.process.files.get(0);
  if (!shell.wasInterrupted && file) await shell.process.waitOn(file.changed);
  const wasInterrupted = shell.wasInterrupted;
  shell.wasInterrupted = false;
  return wasInterrupted;
}

async function readPlain(shell: ShellContext): Promise<InputLine> {
  let text = '';
  for (;;) {
    const bytes = await shell.process.read(0, 1);
    if (bytes.length === 0) return text === '' ? undefined : { text };
    text += decodeText(bytes);
    if (text.endsWith('\n')) return { text };
  }
}
