import { ByteFifo } from '../kernel/byteFifo';
import { BrokenPipe, OpenFile } from '../kernel/openFile';
import type { SignalName } from '../kernel/signals';
import type { TerminalDevice } from '../kernel/terminalDevice';
import { WaitQueue } from '../kernel/waitQueue';
import { LineDiscipline, processOutput } from './lineDiscipline';
import type { Termios } from './termios';

/** Writers wait when this much is unread: a reader that falls behind makes programs block, tcpdump drop packets. */
const outputCapacityBytes = 4_096;
/** Echo is never waited for; beyond this it is lost. */
const echoCapacityBytes = 16_384;

/** A pseudo terminal: keys and screen at the master's side, a file for programs at the other. */
export class PseudoTerminal implements TerminalDevice {
  foregroundGroup = 0;
  columns = 0;
  rows = 0;
  isHungUp = false;
  readonly slave: OpenFile;
  /** Woken when the master may find something to read. */
  readonly masterChanged = new WaitQueue();
  readonly #output = new ByteFifo();
  readonly #discipline: LineDiscipline;
  #isSlaveOpen = true;
  #isDisassociated = false;

  constructor(
    /** `pts/0`. */
    readonly name: string,
    readonly signalGroup: (groupId: number, signal: SignalName) => void,
  ) {
    this.#discipline = new LineDiscipline({
      echo: bytes => this.#echo(bytes),
      signal: signal => this.signalGroup(this.foregroundGroup, signal),
    });
    this.slave = new TerminalFile(this);
  }

  get termios(): Termios {
    return this.#discipline.termios;
  }

  setTermios(termios: Termios): void {
    this.#discipline.set(termios);
    this.slave.changed.wake();
  }

  type(bytes: Uint8Array): void {
    if (this.isHungUp) return;
    this.#discipline.receive(bytes);
    this.slave.changed.wake();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.signalGroup(this.foregroundGroup, 'SIGWINCH');
  }

  /** What the screen shows next; undefined when nothing yet; empty when no program has the terminal open any more. */
  tryShow(maxBytes: number): Uint8Array | undefined {
    if (this.#output.length === 0) return this.#isSlaveOpen && !this.isHungUp ? undefined : new Uint8Array(0);
    const bytes = this.#output.take(maxBytes);
    this.slave.changed.wake();
    return bytes;
  }

  hangUp(): void {
    this.isHungUp = true;
    this.#output.clear();
    this.slave.changed.wake();
    this.masterChanged.wake();
  }

  readInput(maxBytes: number): Uint8Array | undefined {
    if (this.isHungUp || this.#isDisassociated) return new Uint8Array(0);
    return this.#discipline.input.take(maxBytes);
  }

  /** How many of a program's bytes found room. */
  writeOutput(bytes: Uint8Array): number {
    if (this.isHungUp || this.#isDisassociated) throw new BrokenPipe();
    const room = outputCapacityBytes - this.#output.length;
    if (room <= 0) return 0;
    const part = bytes.subarray(0, room);
    this.#output.push(processOutput(part, this.termios));
    this.masterChanged.wake();
    return part.length;
  }

  /** The session's leader has ended: the programs that are left lose the terminal; what was written can still be read. */
  disassociate(): void {
    this.#isDisassociated = true;
    this.slave.changed.wake();
    this.slaveClosed();
  }

  slaveClosed(): void {
    this.#isSlaveOpen = false;
    this.masterChanged.wake();
  }

  #echo(bytes: readonly number[]): void {
    if (this.#output.length > echoCapacityBytes) return;
    this.#output.push(processOutput(bytes, this.termios));
    this.masterChanged.wake();
  }
}

class TerminalFile extends OpenFile {
  override readonly terminal: PseudoTerminal;

  constructor(terminal: PseudoTerminal) {
    super();
    this.terminal = terminal;
  }

  tryRead(maxBytes: number): Uint8Array | undefined {
    return this.terminal.readInput(maxBytes);
  }

  tryWrite(bytes: Uint8Array): number {
    return this.terminal.writeOutput(bytes);
  }

  protected override onLastClose(): void {
    this.terminal.slaveClosed();
  }
}
