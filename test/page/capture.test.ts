import assert from 'node:assert/strict';
import type { CaptureRequest } from '../../src/protocol/capture';
import { openCapturePage } from '../support/capturePage';
import { captureState } from '../support/captureStates';
import { waitUntil } from '../support/waitUntil';
import { type Theme, themes } from '../support/workbenchDriver';

describe('the capture page', function () {
  this.timeout(60_000);

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`asks for the state, shows the verdict and is accessible in ${theme}`, async () => {
      const rig = await openCapturePage({ theme });
      try {
        const [first] = await rig.sent<CaptureRequest>();
        assert.deepEqual([first?.kind, first?.call], ['call', 'ready']);
        await rig.push({ kind: 'state', state: captureState });
        await rig.push({ kind: 'done', id: first?.id });
        await rig.page.getByText('14 of 14 packets').waitFor();
        assert.deepEqual(rig.errors, []);
        assert.deepEqual(await rig.violations(), []);
      } finally {
        await rig.close();
      }
    });
  }

  it('offers beside an error what helps, by mouse and keyboard, and nothing without one', async () => {
    const rig = await openCapturePage();
    try {
      const message = 'tcpdump is not installed on the instance.';
      await rig.push({
        kind: 'state',
        state: { ...captureState, phase: 'failed', message, remedy: 'Install tcpdump' },
      });
      const button = rig.page.getByRole('button', { name: 'Install tcpdump' });
      await button.click();
      await button.press('Enter');
      const remedies = async () => (await rig.sent<CaptureRequest>()).filter(({ call }) => call === 'remedy');
      await waitUntil(async () => (await remedies()).length === 2, 'the page to ask for it twice');
      assert.deepEqual(await rig.violations(), []);
      await rig.push({ kind: 'state', state: captureState });
      await button.waitFor({ state: 'detached' });
    } finally {
      await rig.close();
    }
  });
});
