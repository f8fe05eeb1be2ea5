import assert from 'node:assert/strict';
import type { CaptureRequest, CaptureState } from '../../src/protocol/capture';
import { captureLabels } from '../support/captureLabels';
import { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';
import { type Theme, themes } from '../support/workbenchDriver';

const body = `<div id="capture" data-labels="${JSON.stringify(captureLabels).replaceAll('"', '&quot;')}"></div>`;

const state: CaptureState = {
  phase: 'running',
  message: '',
  instanceName: 'web-1',
  instanceId: 'i-0123456789abcdef0',
  instanceAddress: '172.31.5.10',
  availabilityZone: 'ap-south-1a',
  scopeKind: 'practice',
  scopeLabel: 'provider',
  filter: 'port 443 or port 53',
  verdict: {
    kind: 'private',
    label: 'Private',
    sentence: 'through vpce-0123456789abcdef0, 14 of 14 packets',
    endpointId: 'vpce-0123456789abcdef0',
  },
  prediction: 'The name resolves to the endpoint.',
  routeTable: {
    title: 'rtb-0123456789abcdef0',
    gap: '',
    rows: [
      { destination: '172.31.0.0/16', target: 'local', note: '', isBlackhole: false },
      { destination: '0.0.0.0/0', target: 'igw-0123456789abcdef0', note: '', isBlackhole: false },
    ],
  },
  interfacesGap: '',
  interfaces: [
    {
      networkInterfaceId: 'eni-0123456789abcdef0',
      address: '172.31.0.20',
      availabilityZone: 'ap-south-1a',
      endpointId: 'vpce-0123456789abcdef0',
      endpointName: 'ec2',
    },
  ],
  names: [{ name: 'ec2.ap-south-1.amazonaws.com', addresses: ['172.31.0.20'], isPrivate: true }],
  unparsedLines: 0,
  droppedByKernel: undefined,
  channelFrames: 3,
};

describe('the capture page', function () {
  this.timeout(60_000);

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`asks for the state, shows the verdict and is accessible in ${theme}`, async () => {
      const rig = await PageRig.open({ page: 'capture', body, theme });
      try {
        await waitUntil(async () => (await rig.sent()).length > 0, 'the page to speak');
        const [first] = await rig.sent<CaptureRequest>();
        assert.deepEqual([first?.kind, first?.call], ['call', 'ready']);
        await rig.push({ kind: 'state', state });
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
