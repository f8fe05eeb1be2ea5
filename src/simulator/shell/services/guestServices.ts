import type { Process } from '../kernel/process';
import type { Journal } from './journal';
import type { ActiveState, ServiceUnit } from './serviceUnit';

export interface ServiceStatus {
  readonly unit: ServiceUnit;
  readonly isEnabled: boolean;
  readonly activeState: ActiveState;
  /** When it came into this state; undefined when it never left the first one. */
  readonly sinceMs: number | undefined;
  readonly mainProcess: Process | undefined;
  /** How the main process, or the one that should have started it, ended. */
  readonly exitCode: number | undefined;
}

/** The services of a guest, as programs see them. */
export interface GuestServices {
  readonly journal: Journal;
  /** Units whose unit files are there. */
  readonly known: readonly ServiceUnit[];
  find(name: string): ServiceUnit | undefined;
  statusOf(unit: ServiceUnit): ServiceStatus;
  processesOf(unit: ServiceUnit): readonly Process[];
  /** False when it could not be started. */
  start(unit: ServiceUnit): Promise<boolean>;
  stop(unit: ServiceUnit): Promise<void>;
  reload(unit: ServiceUnit): void;
  setEnabled(unit: ServiceUnit, isEnabled: boolean): void;
}
