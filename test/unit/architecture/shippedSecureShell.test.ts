import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SecureShellClient } from '../../../src/core/ports/secureShell';
import { ConnectShellDesk } from '../../support/connectShellDesk';
import { PracticeScopes } from '../../support/practiceScopes';

const { buildLikeHost } = (await import(pathToFileURL('esbuild.mjs').href)) as {
  buildLikeHost(entryPoints: readonly string[], folder: string): Promise<number>;
};

const mostBytes = 200 * 1024;

describe('SSH as it ships', function () {
  this.timeout(60_000);
  let folder: string;
  let bytes: number;

  before(async () => {
    folder = mkdtempSync(join(process.cwd(), 'out', 'shipped-ssh-'));
    bytes = await buildLikeHost(['src/ssh/sshClient.ts'], folder);
    await PracticeScopes.load();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('logs in without what was left out of the library, and is small', async () => {
    assert.ok(bytes < mostBytes, `${bytes} bytes`);
    const built = (await import(pathToFileURL(join(folder, 'sshClient.js')).href)) as { sshClient: SecureShellClient };
    const desk = new ConnectShellDesk(built.sshClient);
    const heard = await desk.open(await desk.endpoint());
    heard.type('echo $((6 * 7)); exit\r');
    await desk.practice.until(() => heard.end !== undefined);
    assert.match(heard.text, /\r\n42\r\n/);
    assert.equal(heard.end, 'exited 0');
    desk.dispose();
  });
});
