import { CommandInterrupted, ReturnFromFunction, ShellError } from './flow';
import { isDone } from './jobs';
import { CommandHistory } from './lineEditor';
import { parseScript } from './parseScript';
import { expandPrompt } from './prompt';
import { readInputLine } from './promptInput';
import type { ShellContext } from './shellContext';

/** Reads commands at a terminal until the end of its input; the status is the last command's. */
export async function converse(shell: ShellContext): Promise<number> {
  const history = new CommandHistory();
  shell.history = history;
  for (;;) {
    await reportJobs(shell);
    const text = await readCommand(shell, history);
    if (text === undefined) {
      await shell.process.write(2, 'exit\n');
      return shell.lastStatus;
    }
    await perform(shell, text);
  }
}

async function perform(shell: ShellContext, text: string): Promise<void> {
  try {
    await shell.interpreter.runText(text);
  } catch (error) {
    if (error instanceof CommandInterrupted || error instanceof ReturnFromFunction) return;
    if (!(error instanceof ShellError)) throw error;
    await shell.complain(error.message);
    shell.lastStatus = error.status;
  } finally {
    shell.loopDepth = 0;
    shell.conditionDepth = 0;
  }
}

async function reportJobs(shell: ShellContext): Promise<void> {
  for (const job of [...shell.jobs.all].filter(isDone)) {
    await shell.process.write(2, `${shell.jobs.describe(job)}\n`);
    shell.jobs.remove(job);
  }
}

/** Lines until they make a command; undefined at the end of input. Ctrl-C throws them away. */
async function readCommand(shell: ShellContext, history: CommandHistory): Promise<string | undefined> {
  let text = '';
  for (;;) {
    const prompt = await expandPrompt(shell, shell.variables.get(text === '' ? 'PS1' : 'PS2') ?? '');
    const line = await readInputLine(shell, prompt, history);
    if (line === 'interrupted') {
      shell.lastStatus = 130;
      text = '';
      continue;
    }
    if (line === undefined) return text === '' ? undefined : text;
    history.add(line.text.replace(/\n$/, ''));
    text += line.text;
    const parsed = parseScript(text);
    if (parsed.kind !== 'incomplete') return text;
  }
}
