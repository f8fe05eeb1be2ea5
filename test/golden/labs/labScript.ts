import type { LabDesk } from '../../support/labDesk';

/** One way through a lab, right or wrong, typed by hand. */
export interface LabScript {
  /** Names its transcript: words and spaces only. */
  readonly name: string;
  readonly type: (desk: LabDesk) => Promise<void>;
}
