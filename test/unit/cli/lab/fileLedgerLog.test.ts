import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLedgerLog, ledgerFile } from '../../../../src/cli/lab/fileLedgerLog';

describe('the ledger’s file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-labs-ledger-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there for the next process', async () => {
    const file = join(folder, 'deep', 'ledger.jsonl');
    assert.deepEqual(await new FileLedgerLog(file).read(), []);
    await new FileLedgerLog(file).append('one');
    await new FileLedgerLog(file).append('two');
    assert.deepEqual(await new FileLedgerLog(file).read(), ['one', 'two']);
  });

  it('keeps the lines of two that write at once apart', async () => {
    const file = join(folder, 'ledger.jsonl');
    const logs = [new FileLedgerLog(file), new FileLedgerLog(file)];
    const lines = logs.flatMap((_, log) =>
      Array.from({ length: 50 }, (_each, line) => `${log} ${line} ${'x'.repeat(500)}`),
    );
    await Promise.all(lines.map((line, index) => logs[index % 2]?.append(line)));
    assert.deepEqual([...(await new FileLedgerLog(file).read())].sort(), [...lines].sort());
  });

  it('goes on behind a line that a crash has cut off', async () => {
    const file = join(folder, 'ledger.jsonl');
    appendFileSync(file, 'one\ntw');
    await new FileLedgerLog(file).append('three');
    assert.deepEqual(await new FileLedgerLog(file).read(), ['one', 'tw', 'three']);
  });

  it('stands where the system keeps the state of programs', () => {
    assert.equal(ledgerFile({ XDG_STATE_HOME: '/state' }), '/state/vpc-endpoint-labs/ledger.jsonl');
    assert.match(ledgerFile({}), /\.local.state.vpc-endpoint-labs.ledger\.jsonl$/);
  });
});
