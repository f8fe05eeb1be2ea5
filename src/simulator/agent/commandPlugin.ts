import { delay } from '../../base/clock';
import { type FrameContent, PayloadType } from '../../ssm/frameCodec';
import type { GuestExit, GuestProcess, GuestProcessOptions, Signal } from '../shell/guest';
import { ExecFailure } from '../shell/launch';
import { SplitFailure, splitCommand } from './commandWords';
import { pumpOutput } from './outputPump';
import { pumpSeparately } from './separatePumps';
import { failureText, type PluginRun, type SessionPlugin } from './sessionPlugin';
import { compareVersions } from './versions';

export interface CommandPluginOptions {
  /** Split into words and executed directly, without a shell. */
  readonly command: string;
  readonly startProcess: (argv: readonly string[], output: GuestProcessOptions['output']) => Promise<GuestProcess>;
  /** Undefined: both streams are gathered in a file and sent when the command has ended. */
  readonly separateStreams: SeparateStreams | undefined;
}

/** Live output by stream, and an exit code at the end. */
export interface SeparateStreams {
  /** Put before the first chunk of a stream and before every chunk that follows a line's end. */
  readonly outputPrefix: string;
  readonly errorPrefix: string;
}

/** Keys that are signals, the only input there is (aws/amazon-ssm-agent:agent/appconfig, ByteControlSignalsLinux). */
const CONTROL_SIGNALS: ReadonlyMap<number, Signal> = new Map([
  [0x03, 'SIGINT'],
  [0x1c, 'SIGQUIT'],
]);
const PREFIX_FORM = /^[0-9a-zA-Z\r\n_:-]{0,30}$/;
const REPORT_DELAY_MS = 1_000;
const REFUSAL_DELAY_MS = 2_000;
const FAILED = 1;
/** The last client that takes every payload for output, and the first that knows the streams apart. */
const LAST_WITHOUT_STREAMS = '1.2.295';
const FIRST_WITH_STREAMS = '1.2.312.0';
const encoder = new TextEncoder();

/** A command without terminal and without input (aws/amazon-ssm-agent:agent/session/shell, executeCommandsWithExec). */
export class CommandPlugin implements SessionPlugin {
  readonly sessionType = 'NonInteractiveCommands';
  readonly requiresHandshake = true;
  readonly clientProperties = null;
  readonly canBeEncrypted = true;
  #process: GuestProcess | undefined;
  #wasSignalled = false;

  constructor(readonly options: CommandPluginOptions) {}

  customerMessage(clientVersion: string): string {
    if (!this.options.separateStreams || compareVersions(clientVersion, LAST_WITHOUT_STREAMS) > 0) return '';
    return (
      `Please update session manager plugin version (minimum required version ${FIRST_WITH_STREAMS}) ` +
      'for fully support of separate StdOut/StdErr output.\r\n'
    );
  }

  async execute(run: PluginRun): Promise<string> {
    const { separateStreams, startProcess } = this.options;
    const prefixFault = separateStreams && wrongPrefix(separateStreams);
    if (prefixFault !== undefined) return prefixFault;
    let words: readonly string[];
    try {
      words = splitCommand(this.options.command);
    } catch (error) {
      if (!(error instanceof SplitFailure)) throw error;
      return this.#refuse(run, `Unable to start command: Failed to parse commands input: ${error.message}\n\n`);
    }
    try {
      this.#process = await startProcess(words, separateStreams ? 'pipes' : 'file');
    } catch (error) {
      if (!(error instanceof ExecFailure)) throw error;
      return this.#reportFailure(run, execText(words[0] ?? '', error));
    }
    run.signal.throwIfAborted();
    if (separateStreams) await this.#runSeparately(run, this.#process, separateStreams);
    else await this.#runGathered(run, this.#process);
    this.#process.release();
    return '';
  }

  /** There is no standard input: Ctrl-C and Ctrl-\ become signals, everything else is dropped. */
  takeInput(frame: FrameContent): boolean {
    const key = frame.payloadType === PayloadType.output && frame.payload.find(byte => CONTROL_SIGNALS.has(byte));
    if (typeof key !== 'number' || !this.#process) return true;
    this.#wasSignalled = true;
    this.#process.signal(CONTROL_SIGNALS.get(key) as Signal);
    return true;
  }

  /** Only the process itself is killed: what it started lives on, without a reader. */
  cancel(): void {
    this.#process?.signal('SIGKILL');
    this.#process?.release();
  }

  async #runGathered(run: PluginRun, process: GuestProcess): Promise<void> {
    await process.exited;
    run.signal.throwIfAborted();
    await pumpOutput(run, maxBytes => process.readOutput(maxBytes));
  }

  async #runSeparately({ channel, signal }: PluginRun, process: GuestProcess, streams: SeparateStreams): Promise<void> {
    await pumpSeparately(channel, process, streams, signal);
    const exit = await process.exited;
    signal.throwIfAborted();
    if (channel.isActive) sendExitCode({ channel }, this.#wasSignalled ? FAILED : exitCodeOf(exit));
  }

  async #refuse({ channel, signal }: PluginRun, text: string): Promise<string> {
    await delay(channel.stamp.clock, REFUSAL_DELAY_MS + REPORT_DELAY_MS, signal);
    channel.send(PayloadType.errorOutput, encoder.encode(text));
    return failureText(text);
  }

  async #reportFailure({ channel, signal }: PluginRun, text: string): Promise<string> {
    if (this.options.separateStreams) sendExitCode({ channel }, FAILED);
    await delay(channel.stamp.clock, REPORT_DELAY_MS, signal);
    channel.send(PayloadType.errorOutput, encoder.encode(text));
    return '';
  }
}

function sendExitCode({ channel }: Pick<PluginRun, 'channel'>, code: number): void {
  channel.send(PayloadType.exitCode, encoder.encode(`EXIT_CODE: ${code}`));
}

/** -1 for a process that a signal killed (Go, os.ProcessState.ExitCode). */
function exitCodeOf({ code, signal }: GuestExit): number {
  return signal === undefined ? code : -1;
}

function wrongPrefix({ outputPrefix, errorPrefix }: SeparateStreams): string | undefined {
  if (!PREFIX_FORM.test(outputPrefix)) return `invalid stdoutSeparatorPrefix ${outputPrefix}`;
  if (!PREFIX_FORM.test(errorPrefix)) return `invalid stderrSeparatorPrefix ${errorPrefix}`;
  return undefined;
}

/** What Go's os/exec says of a program that cannot be started. */
function execText(name: string, failure: ExecFailure): string {
  if (failure.reason === 'notFound') return `exec: "${name}": executable file not found in $PATH`;
  return `fork/exec ${name}: ${failure.text.charAt(0).toLowerCase()}${failure.text.slice(1)}`;
}
