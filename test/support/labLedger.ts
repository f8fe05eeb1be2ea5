import { Ledger, type LedgerLog } from '../../src/app/labs/ledger';
import { ProcessLedgerLog } from '../../src/cli/lab/processLedgerLog';

/** Over all ledgers, as two may share their lines. */
let entries = 0;

/** A ledger that ends with the test, or one over lines that it shares with another. */
export function labLedger(log: LedgerLog = new ProcessLedgerLog()): Ledger {
  return new Ledger(log, () => `entry-${String(++entries).padStart(6, '0')}`);
}
