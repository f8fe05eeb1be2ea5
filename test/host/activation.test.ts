import assert from 'node:assert/strict';
import { extensions } from 'vscode';

describe('the extension in VS Code', () => {
  it('activates', async () => {
    const extension = extensions.getExtension('vpc-endpoint-labs.vpc-endpoint-labs');
    assert.ok(extension, 'VS Code found the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
