import assert from 'node:assert/strict';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { Chance } from '../../../../src/simulator/chance';
import { synSchedule } from '../../../../src/simulator/network/tcp/tcpTiming';
import { fabricOver } from '../../../support/fabricHarness';
import { endpointGroupId, everythingOut } from '../../../support/networkBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

function filtered() {
  const world = new SmallWorld();
  change(world.state.securityGroups, endpointGroupId, { rules: [everythingOut] });
  return fabricOver(world);
}

const rounded = (times: readonly number[]) => times.map(seconds => Math.round(seconds));

describe('silence', () => {
  it('is met with SYNs at 0, 1, 3, 7, 15, 31 and 63 seconds, and given up near 130', async () => {
    const net = filtered();
    const startMs = net.timeline.now();
    await assert.rejects(net.run(net.host.connectTcp('172.31.36.107', 443), 200_000), { failure: 'timedOut' });
    assert.deepEqual(rounded(net.secondsOf('[S]')), [0, 1, 3, 7, 15, 31, 63]);
    assert.equal(net.tcp().length, 7);
    assert.ok(Math.abs(net.timeline.now() - startMs - 130_000) < 1500);
  });

  it('is met with the same segment again and again, later only in its timestamp', async () => {
    const net = filtered();
    await assert.rejects(net.run(net.host.connectTcp('172.31.36.107', 443, { timeoutMs: 10_000 }), 20_000));
    const segments = net.frames.map(({ bytes }) => decodeFrame(bytes).tcp!);
    assert.equal(segments.length, 4);
    assert.equal(new Set(segments.map(({ sequence, sourcePort }) => `${sequence} ${sourcePort}`)).size, 1);
  });

  it('ends when the caller wants no longer, by time or by signal, without another packet', async () => {
    const net = filtered();
    await assert.rejects(net.run(net.host.connectTcp('172.31.36.107', 443, { timeoutMs: 2000 })), {
      failure: 'timedOut',
    });
    const abort = new AbortController();
    const work = net.host.connectTcp('172.31.36.107', 443, { signal: abort.signal });
    await net.pass(500);
    abort.abort(new Error('Ctrl-C'));
    await assert.rejects(work, /Ctrl-C/);
    await net.pass(100_000);
    assert.equal(net.tcp().length, 3);
    assert.equal(net.timeline.nextDueMs, undefined);
  });

  it('is met linearly at first by kernels from 6.5 on', () => {
    let sum = 0;
    const times = synSchedule('linearFirst', new Chance(1)).map(waitMs => {
      const before = sum;
      sum += waitMs;
      return before / 1000;
    });
    assert.deepEqual(rounded(times), [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67]);
  });
});
