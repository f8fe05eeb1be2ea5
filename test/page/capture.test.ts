import assert from 'node:assert/strict';
import type { CaptureRequest } from '../../src/protocol/capture';
import { captureLabels } from '../support/captureLabels';
import { captureState } from '../support/captureStates';
import { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';
import { type Theme, themes } from '../support/workbenchDriver';

const body = `<div id="capture" data-labels="${JSON.stringify(captureLabels).replaceAll('"', '&quot;')}"></div>`;

describe('the capture page', function () {
  this.timeout(60_000);

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`asks for the state, shows the verdict and is accessible in ${theme}`, async () => {
      const rig = await PageRig.open({ page: 'capture', body, theme });
      try {
        await waitUntil(async () => (await rig.sent()).length > 0, 'the page to speak');
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
});
