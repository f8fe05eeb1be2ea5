/** Where the output goes: on a terminal through a pager, unless that is turned off (aws/aws-cli:awscli/utils.py, OutputStreamFactory). */

import { waitForEnd } from '../../kernel/kernel';
import type { OpenFile } from '../../kernel/openFile';
import { openPipe } from '../../kernel/pipe';
import { encodeText } from '../../kernel/text';
import { ExecFailure, findExecutable } from '../../launch';
import type { Run } from '../../system';
import { startChild } from '../child';
import { print } from '../console';
import { writePipe } from '../pipeTransfer';
import { configurationFailure } from './failures';
import type { CliSession } from './session';

export interface OutputStream {
  readonly isTerminal: boolean;
  /** Columns of the terminal, or what is taken for it where there is none. */
  readonly width: number;
  readonly write: (text: string) => Promise<void>;
  /** Resolves when a pager has ended. */
  readonly close: () => Promise<void>;
}

const standardWidth = 80;

/** Throws {@link CliFailure} when the pager cannot be started. */
export async function openOutput(session: CliSession): Promise<OutputStream> {
  const { run } = session;
  const terminal = run.process.files.get(1)?.terminal;
  const pager = terminal && session.globals.usesPager ? pagerOf(session) : '';
  const view = { isTerminal: terminal !== undefined, width: terminal?.columns || standardWidth };
  if (pager === '') return { ...view, write: text => print(run, text), close: async () => undefined };
  return { ...view, ...(await startPager(run, pager.split(/\s+/))) };
}

function pagerOf({ configuration }: CliSession): string {
  const { environment } = configuration;
  return (
    environment.get('AWS_PAGER') ??
    configuration.setting('cli_pager') ??
    environment.get('PAGER') ??
    'less'
  ).trim();
}

async function startPager(run: Run, argv: readonly string[]): Promise<Pick<OutputStream, 'write' | 'close'>> {
  await requireProgram(run, argv[0] ?? '');
  const { readEnd, writeEnd } = openPipe();
  writeEnd.retain();
  const files = new Map<number, OpenFile>([...run.process.files, [0, readEnd]]);
  const environment = new Map([['LESS', 'FRX'], ...run.process.environment]);
  const child = startChild(run, argv, { files, environment }, async () => 127);
  return {
    write: text => writePipe(run, writeEnd, encodeText(text)),
    close: async () => {
      writeEnd.release();
      await waitForEnd(run.process, child);
    },
  };
}

async function requireProgram(run: Run, name: string): Promise<void> {
  try {
    await findExecutable(run.system, run.process, name);
  } catch (error) {
    if (!(error instanceof ExecFailure)) throw error;
    throw configurationFailure(
      `Unable to redirect output to pager. Received the following error when opening pager:\n[Errno 2] No such file or directory: '${name}'\n\nLearn more about configuring the output pager by running "aws help config-vars".`,
    );
  }
}
