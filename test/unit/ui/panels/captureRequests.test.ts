import assert from 'node:assert/strict';
import { type CaptureStartOptions, captureRanges } from '../../../../src/core/captureOptions';
import { parseCaptureRequest } from '../../../../src/ui/panels/captureRequests';

const options: CaptureStartOptions = {
  filter: 'port 443',
  mode: 'exact',
  packetLimit: captureRanges.packetLimit.most,
  timeLimitSeconds: captureRanges.timeLimitSeconds.least,
  snapLengthBytes: 256,
  interfaceName: undefined,
};
const start = (argument: unknown) => ({ kind: 'call', id: 1, call: 'start', argument });

describe('a request of the capture page', () => {
  it('is taken as it is when it is one', () => {
    const { interfaceName: _, ...withoutName } = options;
    for (const argument of [withoutName, { ...options, interfaceName: 'enX0' }]) {
      assert.deepEqual(parseCaptureRequest(start(argument)), start(argument));
    }
    const stop = { kind: 'call', id: 2, call: 'stop', argument: undefined };
    assert.deepEqual(parseCaptureRequest(stop), stop);
  });

  it('is none with a limit outside its range, a mode that there is not, or a part that is missing', () => {
    const wrong = [
      { ...options, packetLimit: 0 },
      { ...options, packetLimit: captureRanges.packetLimit.most + 1 },
      { ...options, timeLimitSeconds: 4.5 },
      { ...options, snapLengthBytes: '256' },
      { ...options, mode: 'loud' },
      { ...options, filter: undefined },
      'port 443',
      undefined,
    ];
    for (const argument of wrong)
      assert.equal(parseCaptureRequest(start(argument)), undefined, JSON.stringify(argument));
    assert.equal(parseCaptureRequest({ kind: 'call', id: 0, call: 'stop' }), undefined);
  });

  it('takes many lines to copy, and the number of a packet to look into', () => {
    for (const request of [
      { kind: 'call', id: 1, call: 'copy', argument: 'x'.repeat(1_000_000) },
      { kind: 'call', id: 2, call: 'packetBytes', argument: 7 },
    ])
      assert.deepEqual(parseCaptureRequest(request), request);
    for (const argument of [-1, 0.5, '7', undefined])
      assert.equal(parseCaptureRequest({ kind: 'call', id: 3, call: 'packetBytes', argument }), undefined);
  });
});
