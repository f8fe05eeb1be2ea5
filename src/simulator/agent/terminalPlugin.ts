import { delay } from '../../base/clock';
import { type FrameContent, PayloadType } from '../../ssm/frameCodec';
import { readTerminalSize } from '../../ssm/payloads/terminalSize';
import type { GuestTerminal } from '../shell/guest';
import { pumpOutput } from './outputPump';
import { failureText, type PluginRun, type SessionPlugin } from './sessionPlugin';

export interface TerminalPluginOptions {
  readonly sessionType: 'Standard_Stream' | 'InteractiveCommands';
  /** Starts the shell or the command on a pseudo terminal of its own; throws when that fails. */
  readonly openTerminal: () => GuestTerminal;
  /** Typed into the shell before anything else; empty for nothing. */
  readonly shellProfile: string;
}

/** Measured in a PTY session. */
const FIRST_READ_DELAY_MS = 1_000;

/** A shell, or a command line in a shell, on a pseudo terminal. */
export class TerminalPlugin implements SessionPlugin {
  readonly requiresHandshake = false;
  readonly clientProperties = null;
  readonly canBeEncrypted = true;
  #terminal: GuestTerminal | undefined;

  constructor(readonly options: TerminalPluginOptions) {}

  get sessionType(): TerminalPluginOptions['sessionType'] {
    return this.options.sessionType;
  }

  customerMessage(): string {
    return '';
  }

  async execute(run: PluginRun): Promise<string> {
    let terminal: GuestTerminal;
    try {
      terminal = this.options.openTerminal();
    } catch (error) {
      return failureText(`Unable to start command: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    this.#terminal = terminal;
    const { shellProfile } = this.options;
    if (shellProfile.trim() !== '') terminal.write(new TextEncoder().encode(`${shellProfile}\n`));
    await delay(run.channel.stamp.clock, FIRST_READ_DELAY_MS, run.signal);
    await pumpOutput(run, maxBytes => terminal.read(maxBytes));
    return '';
  }

  takeInput(frame: FrameContent): boolean {
    if (!this.#terminal) return false;
    if (frame.payloadType === PayloadType.output) this.#terminal.write(frame.payload);
    const size = frame.payloadType === PayloadType.size ? readTerminalSize(frame.payload) : undefined;
    if (size) this.#terminal.resize(size.columns, size.rows);
    return true;
  }

  /** The terminal goes, and with it what it still held. */
  cancel(): void {
    this.#terminal?.hangUp();
  }
}
