import assert from 'node:assert/strict';
import { rememberedCapture } from '../../../../src/ui/panels/captureOrigin';

const origin = { kind: 'instance', scopeId: 'a', scopeLabel: 'provider', instanceId: 'i-0123456789abcdef0' };

describe('rememberedCapture', () => {
  it('reads where a panel’s packets came from, whatever else the page has kept', () => {
    assert.deepEqual(rememberedCapture({ origin, filter: 'tcp', firstTimeMicros: 5 }), { origin, firstTimeMicros: 5 });
    const file = { kind: 'file', uri: 'file:///web.pcap' };
    assert.deepEqual(rememberedCapture({ origin: file })?.origin, file);
  });

  it('takes nothing that is no such thing', () => {
    for (const state of [
      undefined,
      null,
      {},
      { origin: { kind: 'file' } },
      { origin: { ...origin, instanceId: 'i-1; reboot' } },
      { origin: { ...origin, endpointId: 'vpc-0123456789abcdef0' } },
    ])
      assert.equal(rememberedCapture(state), undefined, JSON.stringify(state));
  });

  it('lets options go that no capture can be started with', () => {
    assert.equal(
      rememberedCapture({ origin, startOptions: { filter: 'tcp', packetLimit: -1 } })?.startOptions,
      undefined,
    );
  });
});
