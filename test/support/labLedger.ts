import { Ledger, type LedgerLog } from '../../src/app/labs/ledger';
import { ProcessLedgerLog } from '../../src/cli/lab/processLedgerLog';

let entries = 0;

/** A ledger that ends with the test, or one over lines that it shares with another. */
export function labLedger(log: LedgerLog = new ProcessLedgerLog()): Ledger {
  return new Ledger(log, () => `entry-${++entries}`);
}
