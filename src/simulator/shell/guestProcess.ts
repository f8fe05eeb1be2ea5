import { deferred } from '../../base/async';
import type { GuestExit, GuestProcess, GuestProcessOptions, Signal } from './guest';
import { ByteFifo } from './kernel/byteFifo';
import { NullFile, OpenFile } from './kernel/openFile';
import { openPipe } from './kernel/pipe';
import type { Process, User } from './kernel/process';
import { untilEnded } from './kernel/untilEnded';
import { nextWake } from './kernel/waitQueue';
import { ExecFailure, execute, findExecutable } from './launch';
import type { GuestSystem } from './system';

export interface GuestProcessStart extends Pick<GuestProcessOptions, 'output'> {
  readonly user: User;
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
}

/** Starts a program without a terminal; rejects with an `ExecFailure` when there is no such program. */
export async function startGuestProcess(
  system: GuestSystem,
  argv: readonly string[],
  { output, ...start }: GuestProcessStart,
): Promise<GuestProcess> {
  const streams = output === 'file' ? fileStreams() : pipeStreams();
  const started = deferred<void>();
  const process = system.kernel.startDaemon({
    ...start,
    commandLine: argv,
    files: new Map([
      [0, new NullFile()],
      [1, streams.outputWriter],
      [2, streams.errorWriter],
    ]),
    main: async self => {
      try {
        await findExecutable(system, self, argv[0] ?? '');
        started.resolve();
        return await execute(system, self, argv);
      } catch (error) {
        started.reject(error);
        if (error instanceof ExecFailure) return error.status;
        throw error;
      }
    },
  });
  await started.promise;
  return new StartedProcess(process, streams);
}

interface Streams {
  readonly outputReader: OpenFile;
  readonly outputWriter: OpenFile;
  readonly errorReader: OpenFile;
  readonly errorWriter: OpenFile;
}

function pipeStreams(): Streams {
  const output = openPipe();
  const error = openPipe();
  return {
    outputReader: output.readEnd.retain(),
    outputWriter: output.writeEnd,
    errorReader: error.readEnd.retain(),
    errorWriter: error.writeEnd,
  };
}

function fileStreams(): Streams {
  const file = new OutputFile();
  return { outputReader: file.retain(), outputWriter: file, errorReader: new NullFile().retain(), errorWriter: file };
}

/** The guest's disk has room for so much of one command's output; after that the writer finds no room. */
const fileLimitBytes = 64 * 1024 * 1024;

/** A file that is written at one end and read at the other. */
class OutputFile extends OpenFile {
  readonly #content = new ByteFifo();
  #isKept = true;

  tryRead(maxBytes: number): Uint8Array {
    return this.#content.take(maxBytes);
  }

  tryWrite(bytes: Uint8Array): number {
    if (!this.#isKept) return bytes.length;
    const part = bytes.slice(0, fileLimitBytes - this.#content.length);
    this.#content.push(part);
    return part.length;
  }

  /** Nobody will read it: what comes is counted as written and dropped. */
  forget(): void {
    this.#isKept = false;
    this.#content.clear();
  }
}

class StartedProcess implements GuestProcess {
  readonly exited: Promise<GuestExit>;
  #isReleased = false;

  constructor(
    private readonly process: Process,
    private readonly streams: Streams,
  ) {
    this.exited = untilEnded(process);
  }

  readOutput(maxBytes: number): Promise<Uint8Array | undefined> {
    return readFrom(this.streams.outputReader, maxBytes);
  }

  readError(maxBytes: number): Promise<Uint8Array | undefined> {
    return readFrom(this.streams.errorReader, maxBytes);
  }

  signal(signal: Signal): void {
    this.process.deliver(signal);
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    const { outputReader, errorReader } = this.streams;
    if (outputReader instanceof OutputFile) outputReader.forget();
    outputReader.release();
    errorReader.release();
  }
}

async function readFrom(file: OpenFile, maxBytes: number): Promise<Uint8Array | undefined> {
  for (;;) {
    const bytes = file.tryRead(maxBytes);
    if (bytes) return bytes.length > 0 ? bytes : undefined;
    await nextWake(file.changed);
  }
}
