import type { Termios } from '../terminal/termios';
import type { SignalName } from './signals';

/** A terminal as processes see it: who is in the foreground, its size and settings. */
export interface TerminalDevice {
  /** `pts/0`. */
  readonly name: string;
  foregroundGroup: number;
  /** 0 until the other side has said. */
  readonly columns: number;
  readonly rows: number;
  readonly termios: Termios;
  readonly isHungUp: boolean;
  setTermios(termios: Termios): void;
  /** Takes the terminal from its session. */
  disassociate(): void;
  signalGroup(groupId: number, signal: SignalName): void;
}
