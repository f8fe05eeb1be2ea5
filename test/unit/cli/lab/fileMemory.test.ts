import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileMemory, ledgerFile } from '../../../../src/cli/lab/fileMemory';

describe('the ledger’s file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-labs-ledger-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there for the next process, and leaves no other file behind', async () => {
    const file = join(folder, 'deep', 'ledger.json');
    await new FileMemory(file).update('one', { a: 1 });
    await new FileMemory(file).update('two', [2]);
    const next = new FileMemory(file);
    assert.deepEqual([next.get('one'), next.get('two'), next.get('three')], [{ a: 1 }, [2], undefined]);
    assert.deepEqual(readdirSync(join(folder, 'deep')), ['ledger.json']);
  });

  it('is not overwritten where it cannot be understood', async () => {
    const file = join(folder, 'ledger.json');
    writeFileSync(file, '{ damaged');
    await assert.rejects(new FileMemory(file).update('one', 1), SyntaxError);
  });

  it('stands where the system keeps the state of programs', () => {
    assert.equal(ledgerFile({ XDG_STATE_HOME: '/state' }), '/state/vpc-endpoint-labs/ledger.json');
    assert.match(ledgerFile({}), /\.local.state.vpc-endpoint-labs.ledger\.json$/);
  });
});
